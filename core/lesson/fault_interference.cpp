// SPDX-License-Identifier: GPL-3.0-or-later
// Faults at work: every frame that is sent is sorted into its exchange, as a capture of the whole network
// would, and so is known by its kinds before it leaves.
#include "core/lesson/fault.h"

#include "core/lesson/frame_classifier.h"

#include <algorithm>
#include <set>

namespace wirestage::lesson {
namespace {

using namespace simulation;

/// Even in its low bits, and the same everywhere (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, 2014).
class Random {
public:
    explicit Random(std::uint64_t seed) : state(seed) {}
    double next() { ///< from 0 up to, but without, 1
        std::uint64_t z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }

private:
    std::uint64_t state;
};

class FaultWork final : public Interference {
public:
    FaultWork(std::vector<Fault> list, const Lesson& lesson);
    Verdict onSend(const SentFrame& frame, std::uint32_t index) override;
    Verdict onLink(const SentFrame& frame, std::uint32_t index, LinkId link, std::uint32_t nth) override;
    bool missedBy(const SentFrame& frame, std::uint32_t index, NodeId hearer) override;

private:
    struct Work {
        Fault fault;
        NodeId from = nobody, to = nobody;
        LinkId link = nobody;
        std::uint32_t count = 0;
        Random random{1};
    };
    void hit(const Fault& fault, Verdict& verdict) const;

    std::vector<Work> works;
    bool byKind = false;
    FrameClassifier classifier;
    std::set<std::pair<std::uint32_t, NodeId>> missed;
};

FaultWork::FaultWork(std::vector<Fault> list, const Lesson& lesson) : classifier(lesson) {
    const auto& nodes = lesson.network.nodes;
    const auto nodeNamed = [&](const std::string& name) {
        for (NodeId i = 0; i < nodes.size(); ++i)
            if (nodes[i].name == name && !name.empty())
                return i;
        return nobody;
    };
    for (Fault& fault : list) {
        Work work;
        work.from = nodeNamed(fault.from);
        work.to = nodeNamed(fault.to);
        for (LinkId i = 0; i < lesson.network.links.size(); ++i)
            if (lesson.network.links[i].name == fault.link)
                work.link = i;
        work.random = Random(fault.seed);
        byKind |= !fault.kind.empty();
        work.fault = std::move(fault);
        works.push_back(std::move(work));
    }
}

void FaultWork::hit(const Fault& fault, Verdict& verdict) const {
    switch (fault.action) {
    case FaultAction::Drop:
    case FaultAction::Loss: verdict.lose = true; break;
    case FaultAction::Delay: verdict.delay += fault.delay; break;
    case FaultAction::Duplicate: ++verdict.copies; break;
    case FaultAction::Corrupt: verdict.damage = true; break;
    }
}

Verdict FaultWork::onSend(const SentFrame& frame, std::uint32_t index) {
    Verdict verdict;
    if (!byKind || frame.copy)
        return verdict;
    const FrameClassifier::Kinds frameKinds = classifier.classify(frame, index);
    for (Work& work : works) {
        const Fault& fault = work.fault;
        if (fault.kind.empty() || !frameKinds.has(fault.kind) ||
            (work.from != nobody && work.from != frameKinds.sender) ||
            (work.to != nobody && !frameKinds.toMany && frameKinds.receiver != work.to) ||
            ++work.count != fault.nth)
            continue;
        if (fault.action == FaultAction::Drop && frameKinds.toMany && work.to != nobody)
            missed.emplace(index, work.to);
        else
            hit(fault, verdict);
    }
    return verdict;
}

Verdict FaultWork::onLink(const SentFrame&, std::uint32_t, LinkId link, std::uint32_t nth) {
    Verdict verdict;
    for (Work& work : works) {
        if (!work.fault.kind.empty() || work.link != link)
            continue;
        const bool random = work.fault.action == FaultAction::Loss;
        if (random ? work.random.next() * 100 < work.fault.percent : nth == work.fault.nth)
            hit(work.fault, verdict);
    }
    return verdict;
}

bool FaultWork::missedBy(const SentFrame&, std::uint32_t index, NodeId hearer) {
    return missed.contains({index, hearer});
}

} // namespace

std::unique_ptr<Interference> interferenceOf(std::vector<Fault> faults, const Lesson& lesson) {
    if (faults.empty())
        return nullptr;
    return std::make_unique<FaultWork>(std::move(faults), lesson);
}

} // namespace wirestage::lesson
