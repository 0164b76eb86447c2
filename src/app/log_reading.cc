#include "app/log_reading.h"

#include <utility>

#include "adapters/loki/loki_journal.h"
#include "adapters/redis/redis_factory.h"
#include "base/secret_file.h"

namespace backup_monitor::app {
namespace {

/// The address of the configuration. The password is read at each use: it may have been changed.
Result<journal::LogAddress> Configured(const config::ClusterLogConfig& log) {
  journal::LogAddress address{"http://" + log.address, log.username, {}};
  if (log.password_file.empty()) return address;
  auto password = ReadSecretFile(log.password_file);
  if (!password) return Fail(std::move(password.error()).While("cluster_log.password_file"));
  address.password = *std::move(password);
  return address;
}

}  // namespace

LogReading::Way LogReading::MakeWay(const config::Config& config, const std::stop_token& stop) {
  Way way{redis::MakeClusterPlaces(config.redis, stop), nullptr};
  loki::LokiJournal::FindLog find_log;
  if (config.cluster_log.address.empty()) {
    find_log = [&places = *way.places](auto deadline) { return places.Log(deadline); };
  } else {
    find_log = [log = config.cluster_log](auto /*deadline*/) { return Configured(log); };
  }
  way.journal = std::make_unique<loki::LokiJournal>(std::move(find_log));
  return way;
}

std::unique_ptr<LogReading> LogReading::Make(const config::Config& config, const Clock& clock,
                                             Metrics& metrics, WitnessBoard& witnesses,
                                             const std::stop_token& stop) {
  witnesses.Switch("log", config.cluster_log.read);
  if (!config.cluster_log.read) return nullptr;
  std::unique_ptr<LogReading> made{new LogReading};
  made->way_ = MakeWay(config, stop);
  made->way_of_uploads_ = MakeWay(config, stop);
  made->reader_ = std::make_unique<LogReader>(LogReader::Parts{
      .clock = clock, .journal = *made->way_.journal, .metrics = metrics, .witnesses = witnesses});
  made->uploads_ = std::make_unique<UploadReader>(UploadReader::Parts{
      .clock = clock,
      .journal = *made->way_of_uploads_.journal,
      .find_leader = [&places = *made->way_of_uploads_.places] { return places.Leader(); },
      .metrics = metrics,
      .witnesses = witnesses});
  return made;
}

}  // namespace backup_monitor::app
