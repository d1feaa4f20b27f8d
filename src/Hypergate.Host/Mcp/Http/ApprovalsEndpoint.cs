using System.Text.Json;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Host.Approvals;
using Hypergate.Model;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// <c>GET /api/approvals</c>, <c>GET /api/approvals/ID</c>, <c>POST /api/approvals/ID/approve</c> and <c>…/deny</c> with
/// <c>{"reason": …}</c>, under the caller's credential: for the console and for people's own tools.
/// </summary>
/// <param name="desk">The one in force.</param>
/// <param name="time">For the states.</param>
internal sealed class ApprovalsEndpoint(Func<ApprovalDesk> desk, TimeProvider time)
{
    public const string Root = "/api/approvals";
    private const int LongestReason = 500;

    public Task HandleAsync(HttpContext http, Caller caller) => (http.Request.Method, http.Request.Path.Value![Root.Length..].Trim('/').Split('/')) switch
    {
        ("GET", [""]) => ListAsync(http, caller),
        ("GET", [var id]) => ShowAsync(http, caller, id),
        ("POST", [var id, "approve"]) => DecideAsync(http, caller, id, agrees: true),
        ("POST", [var id, "deny"]) => DecideAsync(http, caller, id, agrees: false),
        _ => RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing here; requests are at /api/approvals."),
    };

    private async Task ListAsync(HttpContext http, Caller caller)
    {
        var all = await desk().ListAsync(caller, http.RequestAborted);
        await AnswerAsync(http, StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("approvals");
            foreach (var approval in all)
            {
                ApprovalView.Write(writer, approval, approval.StateAt(time.GetUtcNow()));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async Task ShowAsync(HttpContext http, Caller caller, string id) => await (await desk().FindAsync(id, caller, http.RequestAborted) is { } approval
        ? AnswerAsync(http, StatusCodes.Status200OK, writer => ApprovalView.Write(writer, approval, approval.StateAt(time.GetUtcNow())))
        : RefuseAsync(http, StatusCodes.Status404NotFound, $"There is no request '{id}'."));

    private async Task DecideAsync(HttpContext http, Caller caller, string id, bool agrees)
    {
        if (await ReasonAsync(http) is not { } reason)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, $"The body must be empty or {{\"reason\": \"…\"}} with at most {LongestReason} characters.");
            return;
        }

        var (approval, problem) = await desk().DecideAsync(id, caller, agrees, reason, http.RequestAborted);
        await (approval is null
            ? RefuseAsync(http, problem!.StartsWith("There is no request", StringComparison.Ordinal) ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, problem)
            : AnswerAsync(http, StatusCodes.Status200OK, writer => ApprovalView.Write(writer, approval, approval.StateAt(time.GetUtcNow()))));
    }

    private static async Task<string?> ReasonAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length == 0)
        {
            return "";
        }

        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.EnumerateObject().All(static property => property.Name == "reason" && property.Value.ValueKind == JsonValueKind.String)
                && (root.TryGetProperty("reason", out var reason) ? reason.GetString()! : "") is { Length: <= LongestReason } text ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string message) => AnswerAsync(http, status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error", message);
        writer.WriteEndObject();
    });

    private static async Task AnswerAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        write(writer);
    }
}
