module go_receiver

go 1.19
