#include "base/metrics.h"

#include <charconv>
#include <stdexcept>

namespace backup_monitor {
namespace {

/// Text format: backslash, line feed and, in label values, the double quote are escaped.
std::string Escaped(std::string_view text, bool quote) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else if (c == '"' && quote) out += "\\\"";
    else out += c;
  }
  return out;
}

std::string Rendered(const Metrics::Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    out += out.empty() ? "{" : ",";
    out += name + "=\"" + Escaped(value, true) + "\"";
  }
  return out.empty() ? out : out + "}";
}

std::string Number(double value) {
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
  return {std::begin(text), end};
}

}  // namespace

void Metrics::Declare(std::string name, std::string help, bool counter) {
  const MutexLock lock{mutex_};
  families_[std::move(name)] = Family{std::move(help), counter, {}};
}

void Metrics::DeclareCounter(std::string name, std::string help) {
  Declare(std::move(name), std::move(help), true);
}

void Metrics::DeclareGauge(std::string name, std::string help) {
  Declare(std::move(name), std::move(help), false);
}

void Metrics::Add(std::string_view name, const Labels& labels, double amount) {
  const MutexLock lock{mutex_};
  const auto family = families_.find(name);
  if (family == families_.end()) throw std::logic_error{"undeclared metric " + std::string{name}};
  family->second.values[Rendered(labels)] += amount;
}

void Metrics::Set(std::string_view name, const Labels& labels, double value) {
  const MutexLock lock{mutex_};
  const auto family = families_.find(name);
  if (family == families_.end()) throw std::logic_error{"undeclared metric " + std::string{name}};
  family->second.values[Rendered(labels)] = value;
}

void Metrics::Replace(std::string_view name, const std::vector<Sample>& samples) {
  std::map<std::string, double> values;
  for (const Sample& sample : samples) values[Rendered(sample.labels)] = sample.value;
  const MutexLock lock{mutex_};
  const auto family = families_.find(name);
  if (family == families_.end()) throw std::logic_error{"undeclared metric " + std::string{name}};
  family->second.values = std::move(values);
}

std::string Metrics::Expose() const {
  const MutexLock lock{mutex_};
  std::string out;
  for (const auto& [name, family] : families_) {
    out += "# HELP " + name + " " + Escaped(family.help, false) + "\n";
    out += "# TYPE " + name + (family.counter ? " counter\n" : " gauge\n");
    for (const auto& [labels, value] : family.values) {
      out += name + labels + " " + Number(value) + "\n";
    }
  }
  return out;
}

}  // namespace backup_monitor
