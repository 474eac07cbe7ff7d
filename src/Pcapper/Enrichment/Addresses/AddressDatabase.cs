using System.Net;
using MaxMind.Db;

namespace Pcapper.Enrichment.Addresses;

/// <summary>One database in MaxMind's format (MaxMind DB File Format Specification, version 2.0). It is mapped, not read whole.</summary>
internal sealed class AddressDatabase : IDisposable
{
    private readonly Reader _reader;
    private int _isDamaged;

    private AddressDatabase(string path, Reader reader) => (Path, _reader) = (path, reader);

    /// <summary>Gets its path.</summary>
    public string Path { get; }

    /// <summary>Gets a value indicating whether a record in it could not be read.</summary>
    public bool IsDamaged => _isDamaged != 0;

    /// <summary>Opens one.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="problem">Why it cannot be used.</param>
    /// <returns>The database, or null if it cannot be used.</returns>
    public static AddressDatabase? Open(string path, out string problem)
    {
        try
        {
            problem = string.Empty;
            if (new FileInfo(path).Length == 0)
            {
                problem = "it is empty";
                return null;
            }

            return new AddressDatabase(path, new Reader(path, FileAccessMode.MemoryMapped));
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            problem = IoReason.Of(e, path);
            return null;
        }
        catch (Exception e) when (IsOfDamage(e))
        {
            problem = "it is no database in MaxMind's format, or damaged";
            return null;
        }
    }

    /// <summary>Gets the record of an address, or null.</summary>
    public Dictionary<string, object>? Find(IPAddress address)
    {
        try
        {
            return _reader.Metadata.IPVersion == 4 && address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork ? null
                : _reader.Find<Dictionary<string, object>>(address);
        }
        catch (Exception e) when (IsOfDamage(e))
        {
            Interlocked.Exchange(ref _isDamaged, 1);
            return null;
        }
    }

    public void Dispose() => _reader.Dispose();

    // The reader trusts what it reads: offsets and lengths that lead nowhere show as whatever the runtime makes of them.
    private static bool IsOfDamage(Exception e) => e is InvalidDatabaseException or DeserializationException or ArgumentException or InvalidOperationException
        or IndexOutOfRangeException or OverflowException or InvalidCastException or FormatException or NotSupportedException or KeyNotFoundException or NullReferenceException or OutOfMemoryException;
}
