# The source with its crates, so that cargo, which the machine must have, needs no network.
vcpkg_download_distfile(ARCHIVE
    URLS "https://github.com/OWNER/mmsystem/releases/download/v${VERSION}/mmsystem-${VERSION}.tar.xz"
    FILENAME "mmsystem-${VERSION}.tar.xz"
    SHA512 0)
vcpkg_extract_source_archive(SOURCE_PATH ARCHIVE "${ARCHIVE}")

vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}" OPTIONS -DMMSYSTEM_INSTALL=ON)
vcpkg_cmake_install()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include")
file(INSTALL "${SOURCE_PATH}/include/" DESTINATION "${CURRENT_PACKAGES_DIR}/include/mmsystem")
vcpkg_execute_required_process(COMMAND "${SOURCE_PATH}/packaging/spellings" "${CURRENT_PACKAGES_DIR}/include/mmsystem"
    WORKING_DIRECTORY "${SOURCE_PATH}" LOGNAME spellings)
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE-MIT" "${SOURCE_PATH}/LICENSE-APACHE")
