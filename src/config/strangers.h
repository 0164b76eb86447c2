#pragma once

#include "config/section.h"

namespace backup_monitor::config {

/// Adds a fault for each key that no section knows, with what it was probably meant to be: a key of
/// the same section, a section, or the same word elsewhere in the file's keys.
void BlameStrangers(Reading& reading);

}  // namespace backup_monitor::config
