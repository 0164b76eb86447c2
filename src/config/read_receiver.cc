#include "config/address_rules.h"
#include "config/read_sections.h"
#include "text/host_name.h"

namespace backup_monitor::config {

void ReadReceiver(Section section, ReceiverConfig& receiver) {
  section.Text("host", receiver.host, ListenAddress);
  section.Number("port", receiver.port, {1, 65'535});
  section.Texts("host_names", receiver.host_names, HostName, {.distinct = true, .bare = true});
  section.Path("token_file", receiver.token_file);
  section.Flag("alert_token", receiver.alert_token);
  section.Number("max_body_bytes", receiver.max_body_bytes, {65'536, 67'108'864});

  // Asked once, here: everybody else reads ReceiverConfig::loopback.
  receiver.loopback = IsLoopback(receiver.host);
  if (!receiver.loopback && receiver.token_file.empty()) {
    section.Blame("host", Shown(receiver.host) +
                              " is reached from other machines: give receiver.token_file too, "
                              "or listen on 127.0.0.1");
  }
  if (receiver.host == "localhost") receiver.host = "127.0.0.1";
  section.Finish();
}

}  // namespace backup_monitor::config
