icmp_scenarios=()
