using System.Runtime.CompilerServices;
using Pcapper.Engine;

namespace Pcapper.Tests;

/// <summary>Mistakes in parsers and analyzers fail the test instead of becoming a problem in the report.</summary>
internal static class TestSetup
{
    [ModuleInitializer]
    internal static void Initialize() => Guard.Rethrow = true;
}
