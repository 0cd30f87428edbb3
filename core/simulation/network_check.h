// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a network impossible to run: links that lead nowhere, a circle of switches, a script for hosts
// or verbs that do not exist.
#pragma once

#include "core/simulation/network.h"

namespace wirestage::simulation {

/// Enters the links into `run` (whose nodes are there already). Text: why the network cannot run.
std::optional<Text> whatIsImpossible(const NetworkSetup& setup, Run& run);

/// Which kind of application a verb on this node is for: one that runs there, else any that knows the verb.
const ApplicationType* typeForVerb(const NodeSetup& node, std::string_view verb);

} // namespace wirestage::simulation
