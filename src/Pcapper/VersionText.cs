using System.Reflection;

namespace Pcapper;

/// <summary>The version that this build carries.</summary>
internal static class VersionText
{
    /// <summary>Gets it: <c>1.0.0</c>.</summary>
    public static string Current { get; } =
        typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
