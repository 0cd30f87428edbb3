// SPDX-License-Identifier: GPL-3.0-or-later
// Children that need no network: entering the namespace that one is in already takes a right, which root has.
#include "app/happen/company.h"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>
#include <unistd.h>

namespace wirestage::happen {
namespace {

using namespace std::chrono_literals;

struct InCompany : testing::Test {
    void SetUp() override {
        if (geteuid() != 0)
            GTEST_SKIP() << "only root may enter a network namespace, even its own";
    }
};

TEST_F(InCompany, LearnsHowAChildEnded) {
    Company company(false);
    const NetworkNamespace here = NetworkNamespace::current();
    const pid_t good = company.start(here, [] { return 7; });
    EXPECT_TRUE(company.until([&] { return !company.runs(good); }, 5s));
    EXPECT_EQ(company.statusOf(good), 7);
    const pid_t long_ = company.start(here, [] { return pause(); });
    EXPECT_FALSE(company.until([&] { return !company.runs(long_); }, 50ms)) << "the time is up";
    company.kill(long_);
    EXPECT_FALSE(company.runs(long_));
    EXPECT_EQ(company.statusOf(long_), 128 + 9);
}

TEST_F(InCompany, IsToldThatAProgramCannotBeStarted) {
    Company company(false);
    const pid_t none =
        company.start(NetworkNamespace::current(), [] { return become({"/nonexistent/server"}); });
    EXPECT_TRUE(company.until([&] { return !company.runs(none); }, 5s));
    EXPECT_EQ(company.statusOf(none), 127);
}

TEST(ProgramNamed, LooksInFoldersThatHaveAFullName) {
    EXPECT_FALSE(programNamed("sh").empty());
    EXPECT_EQ(programNamed("sh").front(), '/');
    EXPECT_EQ(programNamed("no-such-program-anywhere"), "");
    const std::string before = std::getenv("PATH");
    setenv("PATH", ":.:build", 1);
    EXPECT_EQ(programNamed("CMakeLists.txt"), "");
    setenv("PATH", before.c_str(), 1);
}

} // namespace
} // namespace wirestage::happen
