#include "app/command_line.h"

int main(int argc, char** argv) { return backup_monitor::app::RunCommandLine(argc, argv); }
