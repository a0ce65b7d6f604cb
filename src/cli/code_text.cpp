#include "cli/code_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "explain/code/code.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;
using explain::Language;

const Language& language_named(std::string_view name) {
  const auto* found = std::ranges::find(explain::kLanguages, name, &Language::name);
  if (found != explain::kLanguages.end()) return *found;
  std::vector<std::string_view> names;
  for (const Language& language : explain::kLanguages) names.push_back(language.name);
  const auto near = base::nearest(name, names);
  throw Error(ErrorKind::usage, fmt::format("--as takes {}, not \"{}\"", fmt::join(names, ", "), name),
              near ? fmt::format("did you mean {}?", *near) : "several at once: --as pytorch,onnx");
}

std::vector<const Language*> languages_in(std::string_view frameworks) {
  std::vector<const Language*> languages;
  for (const std::string_view name : base::split(frameworks, ',')) {
    const Language& language = language_named(base::trim(name));
    if (std::ranges::find(languages, &language) == languages.end()) languages.push_back(&language);
  }
  return languages;
}

/// A program, or why there is none.
struct Told {
  const Language* language;
  std::string code, refusal, hint;
};

std::string program(const Language& language, const job::Chain& chain) {
  if (!chain.stack) return language.write(chain.only());
  if (!language.write_stack)
    throw Error(ErrorKind::impossible, fmt::format("{} is written for one layer, and this is a stack", language.title),
                "--as pytorch writes stacks");
  return language.write_stack(chain.stages);
}

Told told(const Language& language, const job::Chain& chain) {
  try {
    return {&language, program(language, chain), {}, {}};
  } catch (const Error& error) {
    return {&language, {}, error.problems().front().message, error.problems().front().hint};
  }
}

std::string as_json(const std::vector<Told>& all) {
  nlohmann::ordered_json json;
  for (const Told& one : all)
    json[std::string(one.language->name)] = one.refusal.empty()
                                                ? nlohmann::ordered_json{{"code", one.code}}
                                                : nlohmann::ordered_json{{"refused", one.refusal}, {"hint", one.hint}};
  return json.dump(2) + "\n";
}

std::string as_text(const std::vector<Told>& all) {
  std::string text;
  for (const Told& one : all) {
    if (all.size() > 1) text += fmt::format("{}# {}\n", text.empty() ? "" : "\n", one.language->title);
    text += one.refusal.empty() ? one.code : fmt::format("# {}: {}\n", one.refusal, one.hint);
  }
  return text;
}

}  // namespace

std::string code_text(const job::Chain& chain, std::string_view frameworks, bool json) {
  const std::vector<const Language*> languages = languages_in(frameworks);
  std::vector<Told> all;
  std::vector<base::Problem> refusals;
  for (const Language* language : languages) {
    all.push_back(told(*language, chain));
    if (!all.back().refusal.empty()) refusals.push_back({all.back().refusal, all.back().hint});
  }
  if (refusals.size() == all.size()) throw Error(ErrorKind::impossible, std::move(refusals));
  return json ? as_json(all) : as_text(all);
}

}  // namespace convreel::cli
