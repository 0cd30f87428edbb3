// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/writer.h"

#include <utility>

namespace wirestage::helper {

void Writer::writeWhatCame(bool all) {
    std::vector<Batch> batches = queue_.takeAll();
    if (merger_) {
        for (Batch& batch : batches)
            merger_->add(std::move(batch));
        batches.clear();
        writePackets(merger_->take(Moment::clock::now(), batches, all));
    }
    for (Batch& batch : batches) {
        if (!merger_)
            writePackets(batch.blocks);
        queue_.giveBack(std::move(batch));
    }
}

} // namespace wirestage::helper
