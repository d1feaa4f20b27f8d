using System.Net;
using System.Net.Sockets;
using Hypergate.Governance.Metering;
using Hypergate.Host.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Composition;
using Hypergate.Host.Health;
using Hypergate.Host.Metrics;
using Hypergate.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Hypergate.Host.Mcp.Http;

/// <summary>What every request passes before anything is done for it: where it was sent, who sends it, and how much of that.</summary>
internal sealed partial class HttpFront(LiveGateway live, McpEndpoint endpoint, RequestSignIn signIn, HttpDoors doors, ILogger<HttpFront> log)
{
    private const string McpPath = "/mcp";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The boundary: whatever happens, the client gets a status and no story.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            doors.Drain.Close(http);
            await RouteAsync(http);
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(http, exception.StatusCode, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? exception.Message : "The request cannot be read.");
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (IOException exception)
        {
            NotAvailable(log, exception.Message);
            Retry(http, RetryAfter);
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "What the gateway keeps cannot be read or written at present. Its log says more.");
        }
#pragma warning disable CA1031 // The one boundary where a bug becomes an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var number = Guid.NewGuid().ToString("n")[..12];
            InternalError(log, number, exception);
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, $"Internal error {number}. The log of the gateway says more.");
        }
    }

    private async Task RouteAsync(HttpContext http)
    {
        var settings = live.Settings.Http;
        var path = http.Request.Path.Value ?? "";
        var keyInPath = settings.KeyInPath && path.StartsWith($"{McpPath}/", StringComparison.Ordinal) ? path[(McpPath.Length + 1)..] : null;
        RequestTrace.Name(http, path, keyInPath is not null);
        if (new HostGuard(settings.Hosts, settings.Origins).Problem(http.Request, http.Connection.LocalPort) is { } problem)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, problem);
            return;
        }

        if (PageAccess.Answer(http))
        {
            return;
        }

        http.Connection.RemoteIpAddress = ClientAddress.Of(http.Connection.RemoteIpAddress, http.Request.Headers[ClientAddress.Header], settings.TrustedProxies);
        await ((path, keyInPath) switch
        {
            (McpPath, _) or (_, not null) => EnterAsync(http, keyInPath, caller => WhileOnAsync(http, () => endpoint.HandleAsync(http, caller))),
            (var known, _) when live.Settings.Authentication.Oauth is { } oauth && ProtectedResource.IsAt(known) => ProtectedResource.WriteAsync(http, oauth),
            ("/healthz/live", _) => HealthAnswer.LiveAsync(http),
            ("/healthz/ready", _) => RequestSignIn.HasCredential(http.Request)
                ? EnterAsync(http, null, caller => HealthAnswer.ReadyAsync(http, live, doors.Drain, doors.Notes.For(caller)))
                : HealthAnswer.ReadyAsync(http, live, doors.Drain, null),
            (var approvals, _) when approvals == ApprovalsEndpoint.Root || approvals.StartsWith($"{ApprovalsEndpoint.Root}/", StringComparison.Ordinal) =>
                EnterAsync(http, null, caller => WhileOnAsync(http, () => doors.Approvals.HandleAsync(http, caller))),
            (var file, _) when FilesEndpoint.IsAt(file) => EnterAsync(http, null, caller => WhileOnAsync(http, () => doors.Files.HandleAsync(http, caller))),
            ("/metrics", _) => EnterAsync(http, null, _ => doors.Metrics.AnswerAsync(http)),
            _ => RefuseAsync(http, StatusCodes.Status404NotFound, $"There is nothing here; MCP is at {McpPath}."),
        });
    }

    private async Task WhileOnAsync(HttpContext http, Func<Task> answer)
    {
        if (!live.Settings.Enabled)
        {
            Retry(http, RetryAfter);
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "The gateway is switched off by its operator.");
            return;
        }

        await answer();
    }

    private async Task EnterAsync(HttpContext http, string? keyInPath, Func<Caller, Task> enter)
    {
        var address = AddressOf(http.Connection.RemoteIpAddress);
        if ((doors.Wrong.Wait(address) ?? doors.Refusals.Wait(address)) is { } penance)
        {
            doors.Diary.NoteBlock(address);
            await LimitAsync(http, "refused credentials", penance);
            return;
        }

        var result = await signIn.OfAsync(http.Request, keyInPath);
        GatewayMeters.SignedIn(result);
        if (result is not SignIn.Accepted { Caller: var caller })
        {
            await RefuseAsync(http, (SignIn.Refused)result, address);
            return;
        }

        caller = Narrowed(caller, http.Request.Headers[RequestHeaders.ReadOnly]) with { Origin = new() { Address = ClientAddress.Text(http.Connection.RemoteIpAddress) } };
        if (doors.Requests.Take(caller.Name, caller.RequestsPerSecond) is { } wait)
        {
            await LimitAsync(http, "requests", wait);
            return;
        }

        using var lease = doors.Open.Enter(caller, http.Abort);
        http.Features.Set(lease);
        await (lease is null ? LimitAsync(http, "open requests", RetryAfter) : enter(caller));
    }

    // Whatever stands there but a plain no is a yes: who sends it wants less, and may have written it wrong.
    private static Caller Narrowed(Caller caller, StringValues header) =>
        header.Count == 0 || header is ["false"] ? caller : caller with { IsReadOnly = true };

    private async Task RefuseAsync(HttpContext http, SignIn.Refused refused, string address)
    {
        if (refused.Status == StatusCodes.Status503ServiceUnavailable)
        {
            Retry(http, RetryAfter);
        }
        else
        {
            doors.Refusals.Take(address);
            if (refused is { Status: StatusCodes.Status401Unauthorized, Tried: not null })
            {
                doors.Wrong.Note(address);
            }

            doors.Diary.NoteRefusal(refused, address);
        }

        if (refused.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            http.Response.Headers.WWWAuthenticate = refused.Challenge;
        }

        await RefuseAsync(http, refused.Status, refused.Message);
    }

    private static Task LimitAsync(HttpContext http, string limit, TimeSpan wait)
    {
        GovernanceMeters.LimitHit(limit);
        Retry(http, wait);
        return RefuseAsync(http, StatusCodes.Status429TooManyRequests, $"Too many {limit}. Wait before the next.");
    }

    private static void Retry(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Task RefuseAsync(HttpContext http, int status, string message) =>
        http.Response.HasStarted ? Task.CompletedTask : RpcError.Http(status, message).WriteAsync(http.Response);

    // A household or a company has one IPv6 network of 64 bits at least.
    private static string AddressOf(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => $"{new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]])}/64",
        _ => ClientAddress.Text(address),
    };

    [LoggerMessage(2, LogLevel.Error, "A request was not answered: {Problem}")]
    private static partial void NotAvailable(ILogger logger, string problem);

    [LoggerMessage(1, LogLevel.Error, "Internal error {Number}")]
    private static partial void InternalError(ILogger logger, string number, Exception exception);
}

/// <summary>The limits of what comes in, and what may be looked at from outside.</summary>
/// <param name="Requests">For each caller.</param>
/// <param name="Refusals">Requests that were refused for want of a good credential, for each address.</param>
/// <param name="Wrong">Wrong credentials for each address.</param>
/// <param name="Open">What callers have open.</param>
/// <param name="Drain">Whether all of them are about to close.</param>
/// <param name="Diary">Records who was not let in.</param>
/// <param name="Notes">Tells those who administer the gateway how it is.</param>
internal sealed record HttpDoors(TokenBuckets Requests, TokenBuckets Refusals, WrongCredentials Wrong, OpenRequests Open, Drain Drain, MetricsAnswer Metrics, ApprovalsEndpoint Approvals, FilesEndpoint Files, GatewayDiary Diary, HealthNotes Notes);
