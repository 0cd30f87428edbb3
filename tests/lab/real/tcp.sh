tcp_scenarios=()
