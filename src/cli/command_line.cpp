#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/axis_words.hpp"
#include "cli/command.hpp"
#include "cli/near_misses.hpp"
#include "cli/options.hpp"
#include "data/source.hpp"
#include "job/byte_size.hpp"
#include "job/fields.hpp"

namespace convreel::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Problem;

/// One job option as CLI11 knows it.
struct Bound {
  const job::Field* field;
  CLI::Option* value;         ///< the option, or --name of a switch
  CLI::Option* no = nullptr;  ///< --no-name
};

std::string flag_names(char short_name, std::string_view name, std::span<const std::string_view> aliases = {}) {
  std::string names = short_name ? fmt::format("-{},--{}", short_name, name) : fmt::format("--{}", name);
  for (const std::string_view alias : aliases) names += fmt::format(",--{}", alias);
  return names;
}

CLI::Option* add_valued(CLI::App& app, const std::string& names) {
  CLI::Option* option = app.add_option(names);
  // Exactly one word a flag, whatever it begins with, so that "--bias -1" and "-o -" are read; repeats are counted by
  // us.
  return option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
}

Bound bind(CLI::App& app, const job::Field& field) {
  const std::string names = flag_names(field.short_name, field.name, field.aliases);
  if (!field.value.empty()) return {&field, add_valued(app, names)};
  return {&field, app.add_flag(names), app.add_flag(fmt::format("--no-{}", field.name))};
}

/// "frames=100000", "memory=4G".
void read_limit(const std::string& text, base::Limits& limits) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const auto limit = base::limit_named(name);
  if (!limit || equals == std::string::npos) {
    std::vector<std::string_view> names;
    for (const base::LimitRow& row : base::limit_rows()) names.push_back(row.name);
    const auto near = base::nearest(name, names);
    throw Error(
        ErrorKind::usage, fmt::format("--limit takes NAME=NUMBER, not \"{}\"", text),
        near && *near != name ? fmt::format("did you mean {}=?", *near) : "convreel list limits says the names");
  }
  const base::LimitRow& row = base::row_of(*limit);
  if (!row.raised()) throw Error(ErrorKind::usage, fmt::format("--limit {}: this one stays as it is", name));
  const std::string value = text.substr(equals + 1);
  const auto plain = base::parse_double(value);
  if (plain && *plain != std::floor(*plain))
    throw Error(ErrorKind::usage, fmt::format("--limit {} takes a whole number, not \"{}\"", name, value));
  const bool any_time = row.unit == base::Unit::seconds && plain == 0.0;
  const std::int64_t number = any_time ? 0 : job::read_byte_size(fmt::format("limit {}", name), value);
  if (number > row.most)
    throw Error(ErrorKind::usage,
                fmt::format("--limit {} goes up to {}, not {}", name, base::limit_text(row.unit, row.most), number));
  limits.set(*limit, number);
}

/// The parser of one command, and what was read.
class Reader {
 public:
  explicit Reader(const Command& command) : command_(command) {
    app_.set_help_flag();
    app_.allow_extras();
    for (const Option& option : general_options()) add(option);
    if (command.json) add(json_option());
    for (const Option& option : command.own) add(option);
    for (const job::Field& field : job::fields())
      if (takes(command, field)) bound_.push_back(bind(app_, field));
  }

  CommandLine read(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 wants them last first
    try {
      app_.parse(arguments);
    } catch (const CLI::ArgumentMismatch&) {
      problems_.push_back({fmt::format("{} needs a value", last_word_), help_hint()});
    } catch (const CLI::ParseError& error) {
      problems_.push_back({error.what(), help_hint()});
    }
    CommandLine line;
    line.command = &command_;
    refuse_values();
    line.help = given("help") && general("help")->results().front() == "true";
    sort_words(line);
    read_general(line);
    read_own(line);
    if (line.help) return line;
    for (const Bound& one : bound_) read_field(one, line.flags);
    if (!problems_.empty()) throw Error(ErrorKind::usage, std::move(problems_));
    return line;
  }

  void remember_last_word(const std::vector<std::string>& arguments) {
    if (!arguments.empty()) last_word_ = arguments.back();
  }

 private:
  void add(const Option& option) {
    const std::string names = flag_names(option.short_name, option.name);
    general_.emplace_back(&option, option.value.empty() ? app_.add_flag(names) : add_valued(app_, names));
  }

  [[nodiscard]] std::string help_hint() const {
    return command_.name.empty() ? "convreel --help lists the commands"
                                 : fmt::format("convreel {} --help lists the options", command_.name);
  }

  CLI::Option* general(std::string_view name) const {
    for (const auto& [option, parsed] : general_)
      if (option->name == name) return parsed;
    return nullptr;
  }
  [[nodiscard]] bool given(std::string_view name) const {
    const CLI::Option* option = general(name);
    return option && option->count() > 0;
  }

  /// "--force=false" is read by nobody. A switch of a job takes true or false; its opposite takes neither.
  void refuse_values() {
    std::vector<const CLI::Option*> switches;
    for (const auto& [option, parsed] : general_)
      if (option->value.empty()) switches.push_back(parsed);
    for (const Bound& one : bound_)
      if (one.no) switches.push_back(one.no);
    for (const CLI::Option* parsed : switches)
      for (const std::string& text : parsed->results())
        if (text != "true")
          problems_.push_back(
              {fmt::format("{} takes no value, and \"{}\" is one", parsed->get_name(), text), help_hint()});
  }

  void sort_words(CommandLine& line) {
    for (const std::string& word : app_.remaining())
      if (word.size() > 1 && word.front() == '-' && word != "--")
        unknown_flag(word);
      else if (word != "--")
        line.words.push_back(word);
    if (!command_.operand.empty() || line.words.empty() || !problems_.empty()) return;
    const std::string& word = line.words.front();
    problems_.push_back({fmt::format("unexpected \"{}\": convreel {} takes options only", word, command_.name),
                         data::names_file(word) ? fmt::format("a file of numbers or a picture: --input-values {}", word)
                                                : "quote a value that holds spaces: --input-values '1 2; 3 4'"});
  }

  void unknown_flag(std::string_view word) {
    const std::string_view name = word.substr(0, word.find('='));
    if (base::parse_double(word)) {
      problems_.push_back(
          {fmt::format("unexpected number {}", word), "quote a value that holds spaces: --bias '-1 -2'"});
      return;
    }
    std::vector<std::string> known;
    for (const CLI::Option* option : app_.get_options())
      for (const std::string& long_name : option->get_lnames()) known.push_back("--" + long_name);
    const std::vector<std::string_view> candidates(known.begin(), known.end());
    problems_.push_back({fmt::format("unknown option {}", name), meant(name, candidates).value_or(help_hint())});
  }

  void twice(const CLI::Option* option, const job::Field& field) {
    std::string values;
    for (const std::string& value : option->results()) values += (values.empty() ? "" : " and ") + value;
    const bool sizes = field.codec.joiner == "x";
    problems_.push_back({fmt::format("--{} was given twice ({})", field.name, values),
                         sizes ? fmt::format("rows and columns are one value: --{} 3x5", field.name) : "give it once"});
  }

  void read_field(const Bound& one, job::JobSpec& flags) {
    const std::size_t times = one.value->count() + (one.no ? one.no->count() : 0);
    if (times > 1 && !one.field->codec.repeats) {
      if (one.no)
        problems_.push_back({fmt::format("--{0} or --no-{0} was given twice", one.field->name), "give it once"});
      else
        twice(one.value, *one.field);
      return;
    }
    for (const std::string& text : one.value->results()) parse(*one.field, flags, text);
    if (one.no && one.no->count() > 0) parse(*one.field, flags, "false");
  }

  void parse(const job::Field& field, job::JobSpec& flags, const std::string& text) {
    try {
      field.parse(flags, text);
    } catch (const Error& error) {
      problems_.insert(problems_.end(), error.problems().begin(), error.problems().end());
    }
  }

  void read_general(CommandLine& line) {
    line.quiet = given("quiet");
    line.verbose = given("verbose");
    line.timings = given("timings");
    line.version = given("version");
    line.no_config = given("no-config");
    line.json = given("json");
    read_choice("progress", line.progress);
    read_choice("color", line.color);
    read_jobs(line.jobs);
    read_limits(line);
    if (line.quiet && line.verbose)
      problems_.push_back({"--quiet and --verbose contradict each other", "give one of them"});
  }

  /// In the order in which they were typed, which says which axis moves fastest.
  void read_own(CommandLine& line) {
    std::map<const CLI::Option*, std::size_t> taken;
    for (const CLI::Option* parsed : app_.parse_order())
      for (const auto& [option, known] : general_) {
        if (known != parsed || !is_own(*option)) continue;
        const std::size_t nth = taken[parsed]++;
        if (nth > 0 && !option->repeats) {
          problems_.push_back({fmt::format("--{} was given twice", option->name), "give it once"});
          continue;
        }
        const std::string& text = parsed->results().at(nth);
        if (const std::string bad = base::forbidden_character(text); !bad.empty())
          problems_.push_back({fmt::format("--{} holds {}, which no text may hold", option->name, bad),
                               "text is UTF-8 without control characters"});
        line.own.emplace_back(option->name, option->value.empty() ? std::string{} : text);
      }
  }

  [[nodiscard]] bool is_own(const Option& option) const {
    return std::any_of(command_.own.begin(), command_.own.end(),
                       [&](const Option& own) { return own.name == option.name; });
  }

  void read_choice(std::string_view name, std::string& value) {
    for (const auto& [option, parsed] : general_)
      if (option->name == name && parsed->count() > 0) {
        value = parsed->results().back();
        if (parsed->count() > 1) problems_.push_back({fmt::format("--{} was given twice", name), "give it once"});
        if (std::find(option->choices.begin(), option->choices.end(), value) == option->choices.end())
          problems_.push_back({fmt::format("--{} takes {}, not \"{}\"", name, fmt::join(option->choices, ", "), value),
                               near_choice(value, option->choices)});
      }
  }

  /// --safe and every --limit NAME=NUMBER. What is safe leaves out configuration files.
  void read_limits(CommandLine& line) {
    if (given("safe")) line.limits.make_safe();
    line.no_config |= given("safe");
    std::set<std::string> named;
    for (const std::string& text : general("limit")->results()) try {
        const std::string name = text.substr(0, text.find('='));
        if (!named.insert(name).second)
          problems_.push_back({fmt::format("--limit {} was given twice", name), "give it once"});
        read_limit(text, line.limits);
      } catch (const Error& error) {
        problems_.insert(problems_.end(), error.problems().begin(), error.problems().end());
      }
  }

  static std::string near_choice(std::string_view value, std::span<const std::string_view> choices) {
    const auto near = base::nearest(value, choices);
    return near ? fmt::format("did you mean {}?", *near) : std::string{};
  }

  void read_jobs(int& jobs) {
    if (!given("jobs")) return;
    const CLI::Option* option = general("jobs");
    const auto number = base::parse_int(option->results().back());
    if (option->count() > 1) problems_.push_back({"--jobs was given twice", "give it once"});
    if (!number || *number < 1 || *number > 1024)
      problems_.push_back({fmt::format("--jobs takes a number from 1 to 1024, not \"{}\"", option->results().back()),
                           "leave it out for all cores"});
    else
      jobs = static_cast<int>(*number);
  }

  const Command& command_;
  CLI::App app_;
  std::vector<std::pair<const Option*, CLI::Option*>> general_;
  std::vector<Bound> bound_;
  std::vector<Problem> problems_;
  std::string last_word_;
};

/// Where the command stands: general options may come before it.
std::size_t command_position(std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word.size() < 2 || word.front() != '-') return i;
    for (const Option& option : general_options())
      if (!option.value.empty() && (word == fmt::format("--{}", option.name) ||
                                    (option.short_name && word == fmt::format("-{}", option.short_name))))
        ++i;
  }
  return arguments.size();
}

bool is_general(const std::string& word) {
  return std::ranges::any_of(general_options(), [&](const Option& option) {
    return word == fmt::format("--{}", option.name) ||
           (option.short_name && word == fmt::format("-{}", option.short_name));
  });
}

/// A layer's option before the command takes its value for the command.
void refuse_early_option(std::span<const std::string> arguments, std::size_t at) {
  if (at == 0 || !arguments[at - 1].starts_with('-') || is_general(arguments[at - 1])) return;
  throw base::Error(base::ErrorKind::usage, fmt::format("{} stands before the command", arguments[at - 1]),
                    "the command comes first: convreel conv2d -i 5 -o out.gif");
}

/// CLI11 reads "--title=" as a flag without a value; two words say the same without doubt.
void append(std::vector<std::string>& words, const std::string& word) {
  if (word.size() > 3 && word.starts_with("--") && word.find('=') == word.size() - 1) {
    words.push_back(word.substr(0, word.size() - 1));
    words.emplace_back();
  } else {
    words.push_back(word);
  }
}

/// A command of any SPEC takes a mapping's own options behind its name.
const Command& with_options_of(const Command& command, std::span<const std::string> behind) {
  if (behind.empty() || command.operand.find("SPEC") == std::string_view::npos) return command;
  const job::MappingCommand* mapping = job::mapping_command_named(behind.front());
  return mapping ? with_mapping(command, *mapping) : command;
}

/// The command of "convreel --version": nothing but general options.
const Command kNoCommand{};

}  // namespace

job::JobSpec completed(const job::JobSpec& spec, const CommandLine& line) {
  job::JobSpec whole = job::merge(job::merge(line.configured, spec), line.flags);
  whole.limits = line.limits;
  return whole;
}

bool has(const CommandLine& line, std::string_view own) { return !values(line, own).empty(); }

std::vector<std::string> values(const CommandLine& line, std::string_view own) {
  std::vector<std::string> all;
  for (const auto& [name, text] : line.own)
    if (name == own) all.push_back(text);
  return all;
}

std::optional<std::string> value(const CommandLine& line, std::string_view own) {
  const std::vector<std::string> all = values(line, own);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

CommandLine read_command_line(std::span<const std::string> arguments) {
  const std::size_t at = command_position(arguments);
  const bool named = at < arguments.size();
  refuse_early_option(arguments, at);
  // What `render` takes needs no command before it.
  const bool bare = named && can_be_rendered(arguments[at]);
  const Command& named_so = bare ? command_or_throw("render") : named ? command_or_throw(arguments[at]) : kNoCommand;
  const Command& command = with_options_of(named_so, arguments.subspan(std::min(at + 1, arguments.size())));
  std::vector<std::string> rest;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (i != at || bare) append(rest, arguments[i]);
  if (named_so.own.data() == sweep_options().data()) rest = joined_axes(rest);
  Reader reader(command);
  reader.remember_last_word(rest);
  CommandLine line = reader.read(rest);
  if (named)
    line.command_name = bare ? command.name : std::string_view(arguments[at]);
  else
    line.command = nullptr;
  return line;
}

}  // namespace convreel::cli
