#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "app/commands/commands.h"
#include "app/core_dump.h"
#include "app/linked_libraries.h"
#include "app/version.h"

namespace backup_monitor::app {
namespace {

constexpr const char* kDefaultConfig = "/etc/backup-monitor/config.yml";

struct Options {
  std::filesystem::path config = kDefaultConfig;
  std::string format = "text";
  std::string plan;
  std::function<int()> command;
};

CLI::App* AddCommand(CLI::App& app, Options& options, const std::string& name,
                     const std::string& help, std::function<int()> command) {
  CLI::App* const added = app.add_subcommand(name, help);
  added->add_option("-c,--config", options.config, "Configuration file")->capture_default_str();
  added->callback([&options, command = std::move(command)] { options.command = command; });
  return added;
}

void Describe(CLI::App& app, Options& options) {
  app.set_version_flag("--version",
                       std::string{"backup-monitor "} + kVersion + LinkedLibrariesText());
  app.require_subcommand(1);
  AddCommand(app, options, "serve", "Run the daemon",
             [&] { return commands::Serve(options.config); });
  AddCommand(app, options, "check-config",
             "Check the configuration and its secret files: print every fault, then every warning",
             [&] { return commands::CheckConfig(options.config); });
  CLI::App* const report = AddCommand(
      app, options, "report", "Print what a report would say now",
      [&] { return commands::PrintReport(options.config, options.format, options.plan); });
  report->add_option("-f,--format", options.format, "text, html, json or eml")
      ->check(CLI::IsMember({"text", "html", "json", "eml"}))
      ->capture_default_str();
  report->add_option("-p,--plan", options.plan, "Only this plan, by its id");
  AddCommand(app, options, "send-test", "Send the test mail now",
             [&] { return commands::SendTest(options.config); });
  AddCommand(app, options, "healthcheck", "Ask the running daemon whether it is well",
             [&] { return commands::HealthCheck(options.config); });
  AddCommand(app, options, "adopt-store", "Take over a store that was copied from another instance",
             [&] { return commands::AdoptCopiedStore(options.config); });
}

}  // namespace

int RunCommandLine(int argc, char** argv) {
  ForbidCoreDumps();
  CLI::App app{"Tells in one mail what a NethServer 8 backup has saved and what not.",
               "backup-monitor"};
  Options options;
  Describe(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    return app.exit(stop) == 0 ? 0 : kExitUsage;
  }
  return options.command();
}

}  // namespace backup_monitor::app
