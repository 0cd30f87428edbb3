// SPDX-License-Identifier: GPL-3.0-or-later
// Files in every format, and what is said where one cannot be written.
#include "app/export/export.h"

#include "tests/core/diagram/fake_source.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

class Export : public testing::Test {
protected:
    QByteArray write(const QString& name, const ExportRequest& request) {
        const auto why = exportTo(folder.filePath(name), request);
        EXPECT_FALSE(why) << english(*why);
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    static ExportRequest dora() {
        ExportRequest request;
        request.source = diagram::doraStory();
        request.title = Text::verbatim("A lease <of 1 h> & more");
        return request;
    }
    QTemporaryDir folder;
};

TEST_F(Export, WritesSvgThatAnXmlReaderReads) {
    QXmlStreamReader xml(write(QStringLiteral("x.svg"), dora()));
    int messages = 0;
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement &&
            xml.attributes().value(QStringLiteral("id")).startsWith(QStringLiteral("message-")))
            ++messages;
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    EXPECT_EQ(messages, 4);
}

TEST_F(Export, WritesAPngOfTwoPixelsAUnit) {
    const QImage image = QImage::fromData(write(QStringLiteral("x.png"), dora()));
    EXPECT_EQ(image.width(), 2400);
    EXPECT_GT(image.height(), 800);
}

TEST_F(Export, WritesAPngOfAHighDiagramWithinWhatPngReadersTake) {
    ExportRequest request = dora();
    request.source = std::make_shared<diagram::EndlessSource>(5000);
    const QImage image = QImage::fromData(write(QStringLiteral("x.png"), request));
    EXPECT_FALSE(image.isNull());
    EXPECT_LE(image.height(), 32000);
    EXPECT_GT(image.height(), 20000);
}

TEST_F(Export, WritesPdfPages) {
    ExportRequest request = dora();
    request.source = std::make_shared<diagram::EndlessSource>(60);
    const QByteArray pdf = write(QStringLiteral("x.pdf"), request);
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    EXPECT_GT(pdf.count("/Type /Page\n"), 2);
}

TEST_F(Export, WritesTheTextFormats) {
    EXPECT_TRUE(write(QStringLiteral("x.txt"), dora()).contains("DHCP Offer"));
    EXPECT_TRUE(write(QStringLiteral("x.mmd"), dora()).contains("sequenceDiagram\n"));
    EXPECT_TRUE(write(QStringLiteral("x.PUML"), dora()).startsWith("@startuml\n"));
}

TEST_F(Export, WritesOnlyTheWantedMessages) {
    ExportRequest request = dora();
    request.first = 1;
    request.last = 2;
    const QByteArray text = write(QStringLiteral("x.txt"), request);
    EXPECT_FALSE(text.contains("DHCP Discover"));
    EXPECT_TRUE(text.contains("DHCP Offer"));
    EXPECT_FALSE(text.contains("DHCP Ack"));
    EXPECT_TRUE(text.contains("Messages 2 to 3 of 4."));
}

TEST_F(Export, SaysWhyItCannot) {
    EXPECT_EQ(english(*exportTo(folder.filePath(QStringLiteral("x.doc")), dora())),
              "the file's name must end in one of svg, png, pdf, html, txt, mmd, puml");
    EXPECT_TRUE(exportTo(QStringLiteral("/no/such/folder/x.svg"), dora()));
    EXPECT_TRUE(exportTo(folder.filePath(QStringLiteral("x.svg")), {}));
}

TEST_F(Export, LeavesAnOldFileWholeWhenItFails) {
    write(QStringLiteral("x.svg"), dora());
    EXPECT_TRUE(exportTo(folder.filePath(QStringLiteral("x.svg")), {}));
    EXPECT_TRUE(QFile::exists(folder.filePath(QStringLiteral("x.svg"))));
}

} // namespace
} // namespace wirestage
