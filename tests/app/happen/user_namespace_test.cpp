// SPDX-License-Identifier: GPL-3.0-or-later
// Systems that forbid it, as their settings under /proc/sys say.
#include "app/happen/user_namespace.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <stdlib.h>

namespace wirestage::happen {
namespace {

using testing::HasSubstr;

struct Forbidden : testing::Test {
    std::string folder = testing::TempDir() + "settings-XXXXXX";
    void SetUp() override { ASSERT_NE(mkdtemp(folder.data()), nullptr); }
    void TearDown() override { std::filesystem::remove_all(folder); }
    void say(const std::string& name, const std::string& value) const {
        const std::filesystem::path path = folder + "/" + name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << value << "\n";
    }
};

TEST_F(Forbidden, NamesTheCommandThatMendsIt) {
    say("user/max_user_namespaces", "0");
    EXPECT_THAT(whyForbidden(ENOSPC, folder), HasSubstr("sudo sysctl user.max_user_namespaces=10000"));
    say("user/max_user_namespaces", "127234");
    say("kernel/unprivileged_userns_clone", "0");
    EXPECT_THAT(whyForbidden(EPERM, folder), HasSubstr("sudo sysctl kernel.unprivileged_userns_clone=1"));
    say("kernel/unprivileged_userns_clone", "1");
    say("kernel/apparmor_restrict_unprivileged_userns", "1");
    EXPECT_THAT(whyForbidden(EPERM, folder),
                HasSubstr("sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"));
    say("kernel/apparmor_restrict_unprivileged_userns", "0");
    say("user/max_net_namespaces", "0");
    EXPECT_THAT(whyForbidden(ENOSPC, folder), HasSubstr("sudo sysctl user.max_net_namespaces=10000"));
}

TEST_F(Forbidden, SaysWhatTheKernelSaidWhereNoSettingForbidsIt) {
    EXPECT_THAT(whyForbidden(EPERM, folder), HasSubstr("Operation not permitted"));
    EXPECT_THAT(whyForbidden(ENOSPC, folder), HasSubstr("as many namespaces as this system allows"));
    EXPECT_THAT(whyForbidden(ENOSYS, folder), HasSubstr("built without user namespaces"));
}

} // namespace
} // namespace wirestage::happen
