namespace Hypergate.Host.Clients;

/// <summary>All kinds of assistants, as their own documentation says where and what they read.</summary>
internal static class ClientKinds
{
    public static IReadOnlyList<ClientKind> All { get; } =
    [
        new()
        {
            Name = "claude-desktop",
            Title = "Claude Desktop",
            File = ClaudeDesktopPlace.Of,
            Next = "Quit Claude Desktop and start it again.",
        },
        new()
        {
            Name = "claude-code",
            Title = "Claude Code",
            File = static places => Path.Combine(places.Home, ".claude.json"),
            Marks = [("type", "stdio")],
            Reference = static name => $"${{{name}}}",
            Next = "Start Claude Code anew; /mcp shows the connection.",
        },
        new()
        {
            Name = "cursor",
            Title = "Cursor",
            File = static places => Path.Combine(places.Home, ".cursor", "mcp.json"),
            Reference = static name => $"${{env:{name}}}",
            Next = "Cursor notices by itself; Settings, MCP shows the connection.",
        },
        new()
        {
            Name = "vscode",
            Title = "VS Code",
            File = static places => Path.Combine(places.Roaming, "Code", "User", "mcp.json"),
            Container = "servers",
            Marks = [("type", "stdio")],
            Asks = true,
            Next = "Run 'MCP: List Servers' and start it there; VS Code asks for the secret and keeps it safe.",
        },
        new()
        {
            Name = "windsurf",
            Title = "Windsurf",
            File = static places => Path.Combine(places.Home, ".codeium", "windsurf", "mcp_config.json"),
            Reference = static name => $"${{env:{name}}}",
            Next = "Press Refresh at Cascade's list of MCP servers.",
        },
        new()
        {
            Name = "zed",
            Title = "Zed",
            File = static places => Path.Combine(places.System == ClientSystem.Windows ? places.Roaming : places.System == ClientSystem.MacOS ? Path.Combine(places.Home, ".config") : places.Config,
                places.System == ClientSystem.Windows ? "Zed" : "zed", "settings.json"),
            Container = "context_servers",
            Marks = [("source", "custom")],
            Next = "Zed notices by itself; the agent panel's settings show the connection.",
        },
    ];

    /// <summary>What is typed for a block to paste anywhere else.</summary>
    public const string Json = "json";

    public static ClientKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
