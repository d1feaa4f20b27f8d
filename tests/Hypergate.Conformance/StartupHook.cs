using Hypergate.Conformance;
using Hypergate.Host.Mcp;

#pragma warning disable MA0047 // The runtime looks for this name, outside of every namespace.
/// <summary>What the .NET runtime calls before the program, where the variable DOTNET_STARTUP_HOOKS names this assembly.</summary>
internal static class StartupHook
{
    public static void Initialize() => ProtocolAddition.Add = Fixtures.AddTo;
}
