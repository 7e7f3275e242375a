//! Writing files: whole or not at all.

use std::io::{self, Write};
use std::path::Path;

/// Replaces a file whole or not at all: the new bytes are written beside it first. Its permissions stay.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Through a link to the file itself, so that the link stays a link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    match std::fs::metadata(&target) {
        Ok(metadata) => {
            // A read-only file is not ours to replace, though its folder would let us.
            if metadata.permissions().readonly() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "read-only file"));
            }
            file.as_file().set_permissions(metadata.permissions())?;
        }
        Err(_) => set_default_permissions(file.as_file())?,
    }
    file.persist(&target).map_err(|e| e.error)?;
    Ok(())
}

/// A temporary file is private to its user; a project file is not.
#[cfg(unix)]
fn set_default_permissions(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_default_permissions(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}
