namespace Pcapper.Engine;

/// <summary>Identifiers of logs in Zeek's form: a letter and seventeen base-62 digits.</summary>
internal static class LogId
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Makes one of a hash.</summary>
    public static string Of(char kind, ulong hash)
    {
        ulong second = Packets.StableHash.Combine(hash, 1);
        return string.Create(18, (kind, hash, second), static (text, state) =>
        {
            (text[0], ulong a, ulong b) = state;
            for (int i = 1; i < text.Length; i++)
            {
                ref ulong from = ref i <= 9 ? ref a : ref b;
                (from, ulong digit) = Math.DivRem(from, 62ul);
                text[i] = Digits[(int)digit];
            }
        });
    }
}
