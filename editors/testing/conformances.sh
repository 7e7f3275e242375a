# lsprotocol, the protocol's types, and pytest-lsp, which has recorded the capabilities of real clients.
# shellcheck shell=bash disable=SC2034 # what is set here is used where this is sourced

CONFORMANCE_PACKAGES='pytest-lsp==1.0.1 lsprotocol==2025.0.0 pytest==8.4.2'

install_conformance() {
  # shellcheck disable=SC2086 # several words
  python_environment "$CACHE/conformance" $CONFORMANCE_PACKAGES
}

set_up_conformance() {
  debian_python
  once conformance "$CONFORMANCE_PACKAGES" install_conformance
}
