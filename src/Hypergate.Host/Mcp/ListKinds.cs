namespace Hypergate.Host.Mcp;

/// <summary>The lists that a client may keep, and be told of when they change.</summary>
[Flags]
internal enum ListKinds
{
    None = 0,
    Tools = 1,
    Prompts = 2,
    Resources = 4,
}
