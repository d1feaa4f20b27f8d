namespace Hypergate.Host.Mcp.Http;

/// <summary>What was said on the command line.</summary>
/// <param name="Listen">Null for what the settings say.</param>
/// <param name="AllowNoAuthentication">Beyond this machine without any credential.</param>
/// <param name="AllowNoTls">Beyond this machine in clear text.</param>
internal sealed record ServeWish(string? Listen, bool AllowNoAuthentication, bool AllowNoTls);
