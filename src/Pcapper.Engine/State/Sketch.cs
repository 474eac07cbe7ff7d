using System.Numerics;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// How many different things there were, without keeping them (HyperLogLog, 4,096 registers, standard error 1.6 %).
/// Up to 512 things are counted exactly, and few take little memory.
/// </summary>
public sealed class Sketch : IStatePart
{
    private const int Precision = 12;
    private const int Registers = 1 << Precision;
    private const int MaxRank = 64 - Precision + 1;
    private const int Exact = 512;   // as large as the registers

    // Nearly all sketches hold one thing: it needs no array, and there are very many sketches.
    private ulong _only;
    private ulong[]? _hashes;
    private int _count;
    private byte[]? _registers;

    /// <summary>Gets the number of different things: exact up to 512, else an estimate.</summary>
    public long Estimate => _registers is null ? _count : EstimateRegisters(_registers);

    /// <summary>Gets a value indicating whether <see cref="Estimate"/> is exact.</summary>
    public bool IsExact => _registers is null;

    private ReadOnlySpan<ulong> Hashes => _hashes is null ? new ReadOnlySpan<ulong>(in _only)[.._count] : _hashes.AsSpan(0, _count);

    /// <summary>Adds a thing by its stable hash.</summary>
    public void Add(ulong hash) => AddMixed(StableHash.Mix(hash));

    /// <summary>Adds a key.</summary>
    public void Add<TKey>(TKey key)
        where TKey : struct, IStateKey<TKey>
        => Add(key.StableHash);

    /// <inheritdoc/>
    public void Merge(IStatePart other)
    {
        var sketch = (Sketch)other;
        foreach (ulong hash in sketch.Hashes)
        {
            AddMixed(hash);
        }

        if (sketch._registers is not null)
        {
            byte[] registers = Spread();
            for (int i = 0; i < Registers; i++)
            {
                registers[i] = Math.Max(registers[i], sketch._registers[i]);
            }
        }
    }

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Flag(_registers is not null);
        if (_registers is not null)
        {
            writer.Bytes(_registers);
            return;
        }

        writer.Unsigned((ulong)_count);
        foreach (ulong hash in Hashes)
        {
            writer.Fixed64(hash);
        }
    }

    /// <inheritdoc/>
    public void Read(ref StateReader reader)
    {
        if (reader.Flag())
        {
            ReadOnlySpan<byte> registers = reader.Bytes();
            if (registers.Length != Registers || registers.ContainsAnyExceptInRange((byte)0, (byte)MaxRank))
            {
                reader.Fail();
                return;
            }

            registers.CopyTo(Spread());
            return;
        }

        for (int left = reader.Length(sizeof(ulong), Exact); left > 0 && !reader.Failed; left--)
        {
            AddMixed(reader.Fixed64());
        }
    }

    private static long EstimateRegisters(byte[] registers)
    {
        // The sum of 2^-rank, as an exact integer, so that the order of the registers cannot matter.
        UInt128 sum = 0;
        int zeros = 0;
        foreach (byte rank in registers)
        {
            sum += UInt128.One << (MaxRank - rank);
            zeros += rank == 0 ? 1 : 0;
        }

        const double alpha = 0.7213 / (1 + (1.079 / Registers));
        double raw = alpha * Registers * Registers * Math.ScaleB(1, MaxRank) / (double)sum;
        double estimate = raw <= 2.5 * Registers && zeros > 0 ? Registers * Math.Log((double)Registers / zeros) : raw;
        return (long)Math.Round(estimate);
    }

    private void AddMixed(ulong hash)
    {
        if (_registers is not null)
        {
            Raise(_registers, hash);
            return;
        }

        int at = Hashes.BinarySearch(hash);
        if (at >= 0)
        {
            return;
        }

        if (_count == Exact)
        {
            Raise(Spread(), hash);
            return;
        }

        Insert(~at, hash);
    }

    private void Insert(int at, ulong hash)
    {
        if (_count == 0)
        {
            _only = hash;
            _count = 1;
            return;
        }

        if (_hashes is null)
        {
            _hashes = new ulong[4];
            _hashes[0] = _only;
        }
        else if (_count == _hashes.Length)
        {
            Array.Resize(ref _hashes, _count * 2);
        }

        _hashes.AsSpan(at, _count - at).CopyTo(_hashes.AsSpan(at + 1));
        _hashes[at] = hash;
        _count++;
    }

    private byte[] Spread()
    {
        if (_registers is null)
        {
            _registers = new byte[Registers];
            foreach (ulong hash in Hashes)
            {
                Raise(_registers, hash);
            }

            _hashes = null;
            _count = 0;
        }

        return _registers;
    }

    private static void Raise(byte[] registers, ulong hash)
    {
        ulong rest = (hash << Precision) | (1ul << (Precision - 1));
        int rank = BitOperations.LeadingZeroCount(rest) + 1;
        ref byte register = ref registers[hash >> (64 - Precision)];
        register = Math.Max(register, (byte)rank);
    }
}
