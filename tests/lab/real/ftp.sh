ftp_scenarios=()
