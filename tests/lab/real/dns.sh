dns_scenarios=()
