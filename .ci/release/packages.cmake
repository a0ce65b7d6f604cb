# What .ci/release/make packs with CPack: Debian's packages, one a component of src/install.cmake.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME convreel)
set(CPACK_PACKAGE_VENDOR convreel)
set(CPACK_PACKAGE_CONTACT "convreel <convreel@example.invalid>" CACHE STRING "Who answers for the packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL convreel python)
if(CONVREEL_LIBRARY)
  list(APPEND CPACK_COMPONENTS_ALL dev)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)

# convreel_package(component name section description...)
macro(convreel_package component name section)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  string(REPLACE ";" "\n" text "${ARGN}")
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${text}")
endmacro()

convreel_package(convreel convreel graphics
  "teaching animations of convolution layers"
  "convreel draws the arithmetic of convolution, transposed convolution and"
  "pooling layers, step by step, with the numbers of every product: as GIF, MP4,"
  "WebM, WebP, SVG, PDF, PowerPoint or a page with a player. Layers are described"
  "as PyTorch prints them, from models, presets or the command line.")
set(CPACK_DEBIAN_CONVREEL_PACKAGE_SHLIBDEPS ON)
# Any font will do; the themes are made for the recommended ones.
set(CPACK_DEBIAN_CONVREEL_PACKAGE_DEPENDS "fonts-dejavu-core | fonts-inter")
set(CPACK_DEBIAN_CONVREEL_PACKAGE_RECOMMENDS "fonts-inter, fonts-lmodern")
set(CPACK_DEBIAN_CONVREEL_PACKAGE_SUGGESTS "python3-convreel, libconvreel-dev")

convreel_package(python python3-convreel python
  "teaching animations of convolution layers (Python)"
  "The convreel program for Python: layers, torch modules and numpy arrays become"
  "animations that show in notebooks. An IPython magic and a Sphinx directive come"
  "with it.")
set(CPACK_DEBIAN_PYTHON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "python3 (>= 3.9), convreel (>= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "python3-numpy, python3-torch, python3-ipython, python3-sphinx")

convreel_package(dev libconvreel-dev libdevel
  "teaching animations of convolution layers (library)"
  "What the convreel program does, for programs in C++: a layer in; numbers, words,"
  "scenes and files out. CMake's find_package(convreel) finds it.")
set(CPACK_DEBIAN_DEV_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "convreel (= ${PROJECT_VERSION}-1)")  # its modules and fonts

include(CPack)
