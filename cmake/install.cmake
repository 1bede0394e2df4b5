# SPDX-License-Identifier: MIT
# What `cmake --install` and `cpack` put in place: the program, and what it writes about itself during the build (the
# manual page and the completions), so that none of them can differ from it.
set(generated "${PROJECT_BINARY_DIR}/generated")
file(MAKE_DIRECTORY "${generated}")

set(outputs "")
function(ekslint_output file)
  add_custom_command(
    OUTPUT "${generated}/${file}"
    COMMAND ekslint ${ARGN} > "${generated}/${file}"
    DEPENDS ekslint
    COMMENT "Writing ${file}"
    VERBATIM)
  set(outputs ${outputs} "${generated}/${file}" PARENT_SCOPE)
endfunction()
ekslint_output(ekslint.1 man)
ekslint_output(ekslint.bash completions bash)
ekslint_output(_ekslint completions zsh)
ekslint_output(ekslint.fish completions fish)

# The folders that each shell looks into by itself; zsh's differ between /usr/local and packages of Debian.
set(zsh_folder site-functions)
if(EKSLINT_DEBIAN)
  set(zsh_folder vendor-completions)
endif()
set(EKSLINT_ZSH_FOLDER "${CMAKE_INSTALL_DATADIR}/zsh/${zsh_folder}" CACHE STRING "Where the completions for zsh go")

install(TARGETS ekslint RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${generated}/ekslint.bash" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME ekslint)
install(FILES "${generated}/_ekslint" DESTINATION "${EKSLINT_ZSH_FOLDER}")
install(FILES "${generated}/ekslint.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES rules/README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME rules.md)

if(EKSLINT_DEBIAN)
  # Policy wants them compressed, without a time stamp (Debian Policy, 12.1 and 12.7).
  find_program(GZIP gzip REQUIRED)
  add_custom_command(
    OUTPUT "${generated}/ekslint.1.gz" "${generated}/changelog.Debian.gz"
    COMMAND "${GZIP}" -9nc "${generated}/ekslint.1" > "${generated}/ekslint.1.gz"
    COMMAND "${GZIP}" -9nc "${PROJECT_SOURCE_DIR}/cmake/debian/changelog" > "${generated}/changelog.Debian.gz"
    DEPENDS "${generated}/ekslint.1" "${PROJECT_SOURCE_DIR}/cmake/debian/changelog"
    VERBATIM)
  list(APPEND outputs "${generated}/ekslint.1.gz" "${generated}/changelog.Debian.gz")
  install(FILES "${generated}/ekslint.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${generated}/changelog.Debian.gz" cmake/debian/copyright DESTINATION "${CMAKE_INSTALL_DOCDIR}")
else()
  install(FILES "${generated}/ekslint.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
endif()
add_custom_target(ekslint_outputs ALL DEPENDS ${outputs})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ekslint)
set(EKSLINT_MAINTAINER "ekslint contributors <maintainers@ekslint.example>" CACHE STRING
  "Whom the package names: who builds one for others gives their own address")
set(CPACK_PACKAGE_CONTACT "${EKSLINT_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git, pre-commit")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "offline linter for the files of an Amazon EKS integration")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Reads the settings of a GitLab EKS integration, IAM policies, saved AWS CLI
output, CloudFormation templates, Terraform plans and Kubernetes manifests,
and says, without one network call, what will fail, which documented error
text will be seen and at which step, which byte of which file causes it, and
what to change.

Reports come as text, JSON, SARIF, GitLab Code Quality, JUnit and more; rules
are YAML files in one expression language, JSONPath (RFC 9535).")
include(CPack)
