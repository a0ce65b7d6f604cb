#include "theme/theme_file.hpp"

#include <fmt/core.h>
#include <toml++/toml.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/toml_keys.hpp"
#include "theme/settings.hpp"

namespace convreel::theme {

namespace {

constexpr int kDeepest = 3;  // role, its name, its part

class Reader {
 public:
  Reader(Theme& theme, std::string_view file) : theme_(theme), file_(file) {}

  void table(const toml::table& table, const std::string& prefix, int depth) {
    for (const auto& [key, node] : table) entry(prefix + std::string(key.str()), node, depth);
  }

  void demand_roles(const toml::table& root) {
    for (std::size_t i = 0; i < scene::kNamedRoles; ++i) {
      const std::string_view role = scene::name(static_cast<scene::Role>(i));
      const auto part = root["role"][role];
      if (!part.is_table())
        problems_.push_back({fmt::format("{}: role.{} is missing", file_, role), "a theme sets every role"});
      else if (!part["ink"])
        complain(*part.node(), {fmt::format("role.{} has no ink", role), "every role needs the colour of text on it"});
    }
    if (!theme_.of(scene::Role::background).fill)
      problems_.push_back({fmt::format("{}: role.background has no fill", file_), {}});
  }

  void throw_problems() {
    if (!problems_.empty()) throw base::Error(base::ErrorKind::impossible, std::move(problems_));
  }

 private:
  void entry(const std::string& key, const toml::node& node, int depth) {
    if (const auto* inner = node.as_table(); inner && depth < kDeepest) return table(*inner, key + '.', depth + 1);
    const auto text = scalar(node);
    if (!text) return complain(node, {fmt::format("{} is neither text, number nor true/false", key), {}});
    if (const std::string bad = base::forbidden_character(*text); !bad.empty())
      return complain(node, {fmt::format("{} holds {}, which no text may hold", key, bad), {}});
    if (auto problem = set(theme_, key, *text)) complain(node, std::move(*problem));
  }

  static std::optional<std::string> scalar(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    if (node.is_number()) return base::exact(*node.value<double>());
    return std::nullopt;
  }

  void complain(const toml::node& node, base::Problem problem) {
    problem.message = fmt::format("{}:{}: {}", file_, node.source().begin.line, problem.message);
    problems_.push_back(std::move(problem));
  }

  Theme& theme_;
  std::string_view file_;
  std::vector<base::Problem> problems_;
};

toml::table parsed(std::string_view text, std::string_view file) {
  base::refuse_deep_keys(text, file);
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw base::Error(base::ErrorKind::impossible,
                      fmt::format("{}:{}: {}", file, error.source().begin.line, error.description()));
  }
}

}  // namespace

Theme parse(std::string_view text, std::string_view file, std::string name) {
  const toml::table root = parsed(text, file);
  Theme theme;
  theme.name = std::move(name);
  Reader reader(theme, file);
  reader.table(root, {}, 1);
  reader.demand_roles(root);
  reader.throw_problems();
  return theme;
}

}  // namespace convreel::theme
