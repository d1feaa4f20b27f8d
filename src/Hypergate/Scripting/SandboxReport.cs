namespace Hypergate.Scripting;

/// <summary>What runs scripts, and which walls are up around it.</summary>
/// <param name="Node">The program.</param>
/// <param name="Engines">What a worker said of itself.</param>
internal sealed record SandboxReport(NodeInstallation Node, WorkerMessage.Ready Engines)
{
    /// <summary>For people.</summary>
    public string Text => $"Scripts run in {Node.Path} {Node.Version} (QuickJS {Engines.QuickJs}, jq {Engines.Jq}) with {string.Join(' ', Node.Flags)}; {Network}.";

    private string Network => Node.Launcher.Count > 0 ? $"no network (own namespace, by {Path.GetFileName(Node.Launcher[0])})"
        : Node.HasNoNetwork ? "no network (Node's permissions)"
        : "the network is not taken away: it needs Node.js 25, or unshare or bwrap with user namespaces";
}
