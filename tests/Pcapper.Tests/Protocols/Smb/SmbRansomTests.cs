using Pcapper.Engine;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Smb;

/// <summary>What ransomware does to a share.</summary>
public sealed class SmbRansomTests
{
    private static readonly HashSet<string> s_smb = ["smb"];
    private static readonly byte[] s_text = Hex.Text(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", 40)));

    // Each value as often as every other: eight bits a byte.
    private static readonly byte[] s_random = [.. Enumerable.Range(0, 2048).Select(i => (byte)((i * 167) + 5))];

    [Fact]
    public void Entropy_tells_text_from_random_bytes_and_needs_enough()
    {
        Assert.InRange(Sampled(s_text)!.Value, 3_500, 5_000);
        Assert.Equal(8_000, Sampled(s_random));
        Assert.Null(Sampled(s_random[..511]));
        Assert.Equal(0, Sampled(new byte[600]));
    }

    [Fact]
    public void Files_read_as_text_and_written_as_random_bytes_are_encrypted()
    {
        Finding finding = Only(Shared(20, s_text, s_random));
        Assert.Equal((SmbFindings.MassEncryption, Severity.High), (finding.Type, finding.Severity));
        Assert.StartsWith("20 files read as plain content and written as random bytes, up to 20 within a minute: d0\\f0.doc, ", finding.Summary, StringComparison.Ordinal);
        Assert.Empty(Find(Shared(19, s_text, s_random)));
        Assert.Empty(Find(Shared(30, s_text, s_text)));
        Assert.Empty(Find(Shared(30, s_random, s_random)));
        Assert.Empty(Find(Shared(30, s_text, [0x50, 0x4B, 3, 4, .. s_random])));
    }

    [Fact]
    public void A_new_file_beside_the_old_one_counts() => Assert.Equal(SmbFindings.MassEncryption, Only(Shared(20, s_text, s_random, beside: ".locked")).Type);

    [Fact]
    public void Slow_work_is_not_found() => Assert.Empty(Find(Shared(30, s_text, s_random, pause: 10_000)));

    [Fact]
    public void Encryption_and_notes_are_one_finding_and_critical()
    {
        Finding finding = Only(Shared(20, s_text, s_random, note: "HOW_TO_DECRYPT.txt"));
        Assert.Equal((SmbFindings.MassEncryption, Severity.Critical), (finding.Type, finding.Severity));
        Assert.Contains("HOW_TO_DECRYPT.txt written to 20 folders", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_note_in_five_folders_is_found()
    {
        Assert.Equal(SmbFindings.RansomNote, Only(Shared(5, s_text, s_text, note: "HOW_TO_DECRYPT.txt")).Type);
        Assert.Empty(Find(Shared(4, s_text, s_text, note: "HOW_TO_DECRYPT.txt")));
        Assert.Empty(Find(Shared(30, s_text, s_text, note: "README.txt")));
    }

    [Theory]
    [InlineData(@"a\DECRYPT_INSTRUCTION.html", true)]
    [InlineData(@"a\restore_files.txt", true)]
    [InlineData(@"a\!!!READ_ME_TO_RECOVER!!!.hta", true)]
    [InlineData(@"a\README.txt", false)]
    [InlineData(@"a\restore.txt", false)]
    [InlineData(@"a\decrypt.cs", false)]
    public void Notes_are_known_by_their_names(string name, bool isNote) => Assert.Equal(isNote, SmbRansomFindings.IsNote(name));

    private static int? Sampled(byte[] bytes)
    {
        var sample = new ByteSample();
        foreach (byte[] piece in bytes.Chunk(ByteSample.PerPiece))
        {
            sample.Add(piece);
        }

        return sample.Entropy;
    }

    private static Finding Only(byte[] capture) => Assert.Single(Find(capture));

    private static IEnumerable<Finding> Find(byte[] capture) => Analysis.Of(capture, modules: s_smb).Findings;

    // Each file in a folder of its own: opened, read, written, closed.
    private static byte[] Shared(int files, byte[] read, byte[] written, string? beside = null, string? note = null, int pause = 1)
    {
        CaptureBuilder capture = Capture.New();
        for (int i = 0; i < files; i++)
        {
            int number = i;
            capture.Tcp($"192.0.2.5:{49152 + i}", "192.0.2.9:445", c =>
            {
                c.Says(SmbBytes.Framed(SmbBytes.TreeRequest(1, @"\\srv\data"))).Replies(SmbBytes.Framed(SmbBytes.TreeResponse(1)));
                Open(c, $@"d{number}\f{number}.doc");
                c.Says(SmbBytes.Framed(SmbBytes.ReadRequest(3, 0, read.Length))).Replies(SmbBytes.Framed(SmbBytes.ReadResponse(3, read)));
                if (beside is not null)
                {
                    Close(c);
                    Open(c, $@"d{number}\f{number}.doc{beside}");
                }

                Write(c, written);
                Close(c);
                if (note is not null)
                {
                    Open(c, $@"d{number}\{note}");
                    Write(c, s_text);
                    Close(c);
                }

                c.Closes();
            });
            capture.Waits(pause);
        }

        return capture.ToPcap();
    }

    private static void Open(TcpConversation c, string name) => c.Says(SmbBytes.Framed(SmbBytes.CreateRequest(2, name))).Replies(SmbBytes.Framed(SmbBytes.CreateResponse(2)));

    private static void Write(TcpConversation c, byte[] data) => c.Says(SmbBytes.Framed(SmbBytes.WriteRequest(4, 0, data))).Replies(SmbBytes.Framed(SmbBytes.WriteResponse(4)));

    private static void Close(TcpConversation c) => c.Says(SmbBytes.Framed(SmbBytes.CloseRequest(5))).Replies(SmbBytes.Framed(SmbBytes.CloseResponse(5)));
}
