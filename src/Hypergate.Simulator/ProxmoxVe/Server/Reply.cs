using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>An answer before it is written.</summary>
internal sealed record Reply
{
    public required int Status { get; init; }

    /// <summary>The text of the status line.</summary>
    public string Reason { get; init; } = "OK";

    /// <summary>The whole JSON document; null: <see cref="Text"/> is the body.</summary>
    public JsonObject? Document { get; init; }

    /// <summary>The body of the answers that are no JSON; they carry no content type.</summary>
    public string Text { get; init; } = "";

    /// <summary>Held back as a refused login is.</summary>
    public bool Delayed { get; init; }

    /// <summary>A plain answer of the front door.</summary>
    public static Reply Plain(int status, string reason, string body = "") => new() { Status = status, Reason = reason, Text = body };

    /// <summary>A refused login: no body, and only after a while.</summary>
    public static Reply Refused(string reason) => new() { Status = 401, Reason = reason, Delayed = true };
}
