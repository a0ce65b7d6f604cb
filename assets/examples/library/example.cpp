// What the library gives: numbers, words, scenes and files of one layer.
#include <convreel/convreel.hpp>
#include <iostream>

int main() {
  try {
    const convreel::Animation animation("ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1)",
                                        {{"input-size", "3"}});
    std::cout << animation.explanation() << animation.trace_json().size() << " bytes of trace\n";
    const convreel::Scene last = animation.scenes().back();
    for (const convreel::Shape& shape : last.shapes)
      if (shape.id.rfind("output.0.0.", 0) == 0) std::cout << shape.id << " = " << shape.text << "\n";
    animation.write({"example.gif", "example.png"});
    convreel::Animation("Conv2d(1, 1, kernel_size=9)", {{"input-size", "3"}});
  } catch (const convreel::Failure& failure) {
    std::cout << "refused with " << failure.code() << ": " << failure.what() << "\n";
    return failure.code() == 3 ? 0 : 1;
  }
  return 1;
}
