# What `cmake --install` lays down. Components are Debian's packages: convreel, dev, python.
install(TARGETS convreel RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT convreel)

# Completions where the shells look, printed by the program itself. Debian's own zsh looks elsewhere than zsh does.
set(CONVREEL_ZSH_DIR ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING "Where zsh looks for completions")
set(shells ${CMAKE_CURRENT_BINARY_DIR}/completions)
set(completions ${shells}/convreel ${shells}/_convreel ${shells}/convreel.fish)
add_custom_command(OUTPUT ${completions} DEPENDS convreel VERBATIM
  COMMAND ${CMAKE_COMMAND} -E make_directory ${shells}
  COMMAND convreel completions bash > ${shells}/convreel
  COMMAND convreel completions zsh > ${shells}/_convreel
  COMMAND convreel completions fish > ${shells}/convreel.fish)
add_custom_target(convreel_completions ALL DEPENDS ${completions})
install(FILES ${shells}/convreel DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT convreel)
install(FILES ${shells}/_convreel DESTINATION ${CONVREEL_ZSH_DIR} COMPONENT convreel)
install(FILES ${shells}/convreel.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT convreel)

# Man page and changelog are packed, as readers of both expect; gzip -n leaves no time in them.
function(convreel_packed source name)
  find_program(CONVREEL_GZIP gzip REQUIRED)
  set(packed ${CMAKE_CURRENT_BINARY_DIR}/packed/${name}.gz)
  add_custom_command(OUTPUT ${packed} DEPENDS ${source} VERBATIM
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/packed
    COMMAND ${CONVREEL_GZIP} -9nc ${source} > ${packed})
  add_custom_target(convreel_packed_${name} ALL DEPENDS ${packed})
endfunction()
convreel_packed(${PROJECT_SOURCE_DIR}/docs/reference/convreel.1 convreel.1)
convreel_packed(${PROJECT_SOURCE_DIR}/docs/changelog.md changelog)
convreel_packed(${PROJECT_SOURCE_DIR}/.ci/release/changelog.Debian changelog.Debian)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/packed/convreel.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
        COMPONENT convreel)

# Licence and changes beside every package's files.
function(convreel_papers component package)
  set(folder ${CMAKE_INSTALL_DATADIR}/doc/${package})
  install(FILES ${PROJECT_SOURCE_DIR}/.ci/release/copyright DESTINATION ${folder} COMPONENT ${component} ${ARGN})
  foreach(name changelog changelog.Debian)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/packed/${name}.gz DESTINATION ${folder} COMPONENT ${component} ${ARGN})
  endforeach()
endfunction()
convreel_papers(convreel convreel)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/assets/examples DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/convreel
        COMPONENT convreel)

if(CONVREEL_LIBRARY)
  include(CMakePackageConfigHelpers)
  # Beside the modules and not among the system's libraries: before 1.0 its interface changes with every version.
  install(TARGETS convreel_library EXPORT convreel LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/convreel COMPONENT dev)
  target_link_options(convreel_library INTERFACE
    $<INSTALL_INTERFACE:-Wl,-rpath,$<INSTALL_PREFIX>/${CMAKE_INSTALL_LIBDIR}/convreel>)
  install(FILES api/convreel.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/convreel COMPONENT dev)
  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/convreel)
  install(EXPORT convreel NAMESPACE convreel:: FILE convreelConfig.cmake DESTINATION ${folder} COMPONENT dev)
  write_basic_package_version_file(convreelConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/convreelConfigVersion.cmake DESTINATION ${folder} COMPONENT dev)
  convreel_papers(dev libconvreel-dev)
endif()

# Python, beside the program; pip installs the same folder (src/python/pyproject.toml).
convreel_papers(python python3-convreel EXCLUDE_FROM_ALL)
install(DIRECTORY python/convreel DESTINATION lib/python3/dist-packages COMPONENT python
        EXCLUDE_FROM_ALL PATTERN __pycache__ EXCLUDE)
