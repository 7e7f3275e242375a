#!/usr/bin/env python3
"""debian_tree.py SUITE FOLDER PROGRAM:PACKAGE [PACKAGE...]

Unpacks Debian packages of another suite with all that they depend on, libc included, below FOLDER. The system's own
packages and their database stay as they are. PROGRAM (a name in usr/bin) is patched to run on the libraries in FOLDER:
starting it through that suite's ld.so would not do, since Neovim starts /proc/self/exe again. Wants Debian's patchelf."""

import os
import pathlib
import shutil
import subprocess
import sys

SOURCES = pathlib.Path('/etc/apt/sources.list.d/debian.sources')
KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'


def mirror():
    """The mirror that this machine already uses."""
    for line in SOURCES.read_text().splitlines():
        if line.startswith('URIs:'):
            return line.split()[1]
    sys.exit(f'no URIs line in {SOURCES}')


def private_apt(suite, folder):
    """An apt that knows one suite and believes that nothing is installed; returns its environment."""
    for name in ('lists/partial', 'cache/archives/partial', 'sources'):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / 'sources/suite.sources').write_text(
        f'Types: deb\nURIs: {mirror()}\nSuites: {suite}\nComponents: main\nSigned-By: {KEYRING}\n')
    (folder / 'status').write_text('')
    # The hooks of container images would delete the archives that were just fetched.
    (folder / 'apt.conf').write_text(f'''
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{folder}/sources";
Dir::State "{folder}"; Dir::State::lists "{folder}/lists"; Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Acquire::Languages "none";
APT::Install-Recommends "false";
#clear APT::Update::Post-Invoke-Success;
#clear APT::Update::Post-Invoke;
#clear DPkg::Post-Invoke;
''')
    return dict(os.environ, APT_CONFIG=str(folder / 'apt.conf'))


def unpack(archive, folder):
    contents = subprocess.Popen(['dpkg-deb', '--fsys-tarfile', str(archive)], stdout=subprocess.PIPE)
    subprocess.run(['tar', '-x', '--keep-directory-symlink', '-C', str(folder), '-f', '-'],
                   stdin=contents.stdout, check=True)
    if contents.wait():
        sys.exit(f'{archive.name} cannot be unpacked')


def program(name, folder):
    """The file behind usr/bin/NAME; the links of Debian's alternatives are absolute and must stay inside `folder`."""
    path = folder / 'usr/bin' / name
    while path.is_symlink():
        target = os.readlink(path)
        path = folder / target.lstrip('/') if target.startswith('/') else path.parent / target
    return path


def main():
    suite, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    programs = [word.split(':')[0] for word in sys.argv[3:] if ':' in word]
    packages = [word.split(':')[-1] for word in sys.argv[3:]]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    state = folder / '.apt'
    environment = private_apt(suite, state)
    subprocess.run(['apt-get', '-q', 'update'], env=environment, check=True)
    subprocess.run(['apt-get', '-q', '-y', '--download-only', '-o', 'Debug::NoLocking=1', 'install', *packages],
                   env=environment, check=True)
    # Debian joined /bin with /usr/bin; unpacking alone would make real folders of them.
    for name in ('bin', 'sbin', 'lib', 'lib64'):
        (folder / 'usr' / name).mkdir(parents=True, exist_ok=True)
        os.symlink(f'usr/{name}', folder / name)
    archives = sorted((state / 'cache/archives').glob('*.deb'))
    for archive in archives:
        unpack(archive, folder)
    for name in programs:
        libraries = f'{folder}/usr/lib/x86_64-linux-gnu:{folder}/usr/lib'
        subprocess.run(['patchelf', '--set-interpreter', f'{folder}/lib64/ld-linux-x86-64.so.2',
                        '--force-rpath', '--set-rpath', libraries, str(program(name, folder))], check=True)
    (folder / 'PACKAGES').write_text(''.join(f'{archive.name}\n' for archive in archives))
    shutil.rmtree(state)


main()
