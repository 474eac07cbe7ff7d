using System.Security.Cryptography;

namespace Pcapper.Engine;

/// <summary>The three hashes by which people look files up, made in one pass.</summary>
internal sealed class ContentHashes : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Makes the hashes of a content that is at hand.</summary>
    public static (string Md5, string Sha1, string Sha256) Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
#pragma warning disable CA5350, CA5351 // Names by which files are known; nothing is protected by them.
        string md5 = Text(hash[..MD5.HashData(content, hash)]);
        string sha1 = Text(hash[..SHA1.HashData(content, hash)]);
#pragma warning restore CA5350, CA5351
        return (md5, sha1, Text(hash[..SHA256.HashData(content, hash)]));
    }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        _sha1.AppendData(bytes);
        _sha256.AppendData(bytes);
    }

    /// <summary>Ends, in lower-case hexadecimal.</summary>
    public (string Md5, string Sha1, string Sha256) Finish() => (Text(_md5.GetHashAndReset()), Text(_sha1.GetHashAndReset()), Text(_sha256.GetHashAndReset()));

    /// <inheritdoc/>
    public void Dispose()
    {
        _md5.Dispose();
        _sha1.Dispose();
        _sha256.Dispose();
    }

    private static string Text(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);
}
