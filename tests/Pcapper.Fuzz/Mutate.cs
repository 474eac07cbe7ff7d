namespace Pcapper.Fuzz;

/// <summary>Changes bytes without guidance, the same for the same seed.</summary>
internal static class Mutate
{
    private const int MostChanges = 24;
    private const int MostAdded = 512;

    /// <summary>Overwrites, cuts, doubles and adds pieces.</summary>
    public static byte[] Once(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (int left = random.Next(1, MostChanges); left > 0; left--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(bytes.Count - at, 64) + 1));
                    break;
                case 2 when at < bytes.Count:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(1, Math.Min(bytes.Count - at, 64) + 1)));
                    break;
                default:
                    byte[] added = new byte[random.Next(1, MostAdded)];
                    random.NextBytes(added);
                    bytes.InsertRange(at, added);
                    break;
            }
        }

        return [.. bytes];
    }
}
