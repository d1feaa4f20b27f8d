using System.Text.Json;
using Hypergate.Backends.Files;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Reads a list to its end, page by page.</summary>
internal sealed class PageFollower(Call call, PlatformClient client, CallSender sender, FileShelf? files, TimeProvider time)
{
    private const int MostItems = 10_000;

    // Whoever waits for the list has given up before long; what was read until then is worth more to him.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(60);

    private readonly CallRules _rules = call.Operation.Rules!;
    private readonly PagingRules _paging = call.Operation.Rules!.Paging!;
    private readonly List<JsonElement> _items = [];

    /// <summary>What all pages came to.</summary>
    /// <param name="first">The answer to the call as it is.</param>
    /// <param name="body">Its value.</param>
    /// <param name="template">The request of the call.</param>
    public async Task<JsonElement> FollowAsync(HttpReply first, JsonElement body, HttpRequestSpec template, List<string> notices, CancellationToken cancellationToken)
    {
        var (reply, started) = (first, time.GetTimestamp());
        var start = Pages.Number(call, _paging.PositionArgument);
        var (page, offset, lastCursor) = (start ?? 1, start ?? 0, (string?)null);
        var limit = Pages.Number(call, _paging.LimitArgument) ?? _paging.LimitDefault ?? Pages.UsualLimit;
        for (var pages = 1; ; pages++)
        {
            if (ListIn(body, notices, isFirst: pages == 1) is not { } list)
            {
                return pages == 1 ? AnswerPipeline.Select(body, _rules.Response, notices) : Joined();
            }

            _items.AddRange(list);
            if (_items.Count >= MostItems || pages == _paging.MostPages)
            {
                notices.Add($"The list was followed for {pages} pages and {_items.Count} items; there may be more");
                return Joined();
            }

            var next = Next(reply, body, list.Count, limit, new Position(page, offset, lastCursor), notices);
            if (next is null)
            {
                return Joined();
            }

            if (time.GetElapsedTime(started) >= LongestReading)
            {
                notices.Add($"Reading on was given up after {LongestReading.TotalSeconds:0} seconds: these are the {_items.Count} items of {pages} pages; there are more");
                return Joined();
            }

            (page, offset, lastCursor) = (next.Position.Page, next.Position.Offset, next.Position.Cursor);
            var request = next.Address is { } address ? template with { Address = address } : Request(next.Position, template);
            if (request is null || (await ReadAsync(request, notices, cancellationToken)) is not { } following)
            {
                return Joined();
            }

            (reply, body) = following;
        }
    }

    private JsonElement Joined() => JsonLists.Of(_items);

    private List<JsonElement>? ListIn(JsonElement body, List<string> notices, bool isFirst)
    {
        var value = AnswerPipeline.Select(body, _rules.Response, isFirst ? notices : []);
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : null;
    }

    private sealed record Position(int Page, int Offset, string? Cursor);

    private sealed record NextPage(Position Position, Uri? Address);

    private NextPage? Next(HttpReply reply, JsonElement body, int count, int limit, Position now, List<string> notices)
    {
        switch (_paging.Strategy)
        {
            case PagingStrategy.Cursor:
                var cursor = Pages.Cursor(_paging, body);
                var isDone = _paging.HasMore is { } more && Descriptions.Dadl.MoreExpression.Parse(more)?.Evaluate(body) == false;
                return isDone || cursor is null || cursor == now.Cursor ? null : new(now with { Cursor = cursor }, null);
            case PagingStrategy.Offset:
                return count == 0 || count < limit ? null : new(now with { Offset = now.Offset + (Pages.Number(call, _paging.LimitArgument) ?? count) }, null);
            case PagingStrategy.Page:
                var isLast = Pages.TotalPages(_rules, reply, body) is { } pages ? now.Page >= pages : count < limit;
                return isLast || count == 0 ? null : new(now with { Page = now.Page + 1 }, null);
            default:
                return Link(reply, now, notices);
        }
    }

    private NextPage? Link(HttpReply reply, Position now, List<string> notices)
    {
        if (Pages.NextLink(reply) is not { } next)
        {
            return null;
        }

        if (Origin.Same(next, client.ApiAddress))
        {
            return new(now, next);
        }

        notices.Add($"The next page lies on {next.Host}, which is another server; it was not followed");
        return null;
    }

    private HttpRequestSpec? Request(Position position, HttpRequestSpec template)
    {
        if (_paging.PositionArgument is not { } argument)
        {
            return null;
        }

        var value = _paging.Strategy switch
        {
            PagingStrategy.Page => JsonElement.Parse(position.Page.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            PagingStrategy.Offset => JsonElement.Parse(position.Offset.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            _ => JsonLists.Text(position.Cursor!),
        };
        var arguments = JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var known in call.Arguments.EnumerateObject().Where(known => known.Name != argument))
            {
                known.WriteTo(writer);
            }

            writer.WritePropertyName(argument);
            value.WriteTo(writer);
            writer.WriteEndObject();
        });
        var next = CallRequest.Build(call with { Arguments = arguments }, client.ApiAddress, files, out _);
        return next is null ? null : next with { Receive = template.Receive, TimeLimit = template.TimeLimit };
    }

    private async Task<(HttpReply Reply, JsonElement Body)?> ReadAsync(HttpRequestSpec request, List<string> notices, CancellationToken cancellationToken)
    {
        var sent = await sender.SendAsync(request, _rules, cancellationToken);
        var error = sent.Problem;
        if (error is null && sent.Result is HttpReply { IsSuccess: true } reply)
        {
            error = AnswerReader.Read(call, reply, out var body, out _);
            if (error is null)
            {
                return (reply, body);
            }
        }

        error ??= sent.Result is HttpReply failed ? CallErrors.Of(failed, _rules.Errors) : CallErrors.Of((TransportFailure)sent.Result);
        notices.Add($"A later page could not be read ({error.Code}): these are the {_items.Count} items before it");
        return null;
    }
}
