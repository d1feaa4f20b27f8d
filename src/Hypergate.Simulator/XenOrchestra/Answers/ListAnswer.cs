using System.Buffers;
using System.Text;
using System.Text.Json;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.World;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>
/// Writes a list in one of three forms. The lock of the data centre is held for some rows at a time, and never while the
/// network is waited for: a list of any length needs little memory and holds nobody up.
/// </summary>
internal sealed class ListAnswer(DataCentre world, HttpContext http, ListQuery query)
{
    private readonly AnswerBody _body = new(http);

    public Task WriteAsync(IReadOnlyList<ListRow> rows) => query.Form switch
    {
        ListForm.Ndjson => NdjsonAsync(rows),
        ListForm.Markdown => MarkdownAsync(rows),
        _ => JsonAsync(rows),
    };

    private async Task JsonAsync(IReadOnlyList<ListRow> rows)
    {
        http.Response.ContentType = Answer.JsonType;
        await using var json = new Utf8JsonWriter(_body.Writer, Answer.Indented);
        json.WriteStartArray();
        await InPartsAsync(rows, row =>
        {
            Write(json, row);
            json.Flush();
        });
        json.WriteEndArray();
        await json.FlushAsync(http.RequestAborted);
        await _body.EndAsync();
    }

    private async Task NdjsonAsync(IReadOnlyList<ListRow> rows)
    {
        http.Response.ContentType = "application/x-ndjson";
        await using var json = new Utf8JsonWriter(_body.Writer, Json.Compact);
        await InPartsAsync(rows, row =>
        {
            Write(json, row);
            json.Flush();
            json.Reset();
            _body.Writer.Write("\n"u8);
        });
        await _body.EndAsync();
    }

    private async Task MarkdownAsync(IReadOnlyList<ListRow> rows)
    {
        http.Response.ContentType = "text/markdown; charset=utf-8";
        if (rows.Count == 0)
        {
            _body.Writer.Write("No results."u8);
        }
        else if (query.Fields is null)
        {
            _body.Writer.Write(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => row.Href))));
        }
        else
        {
            var table = world.Read(() => new MarkdownTable(query.Fields, rows[0].Item));
            _body.Writer.Write(Encoding.UTF8.GetBytes(table.Head));
            await InPartsAsync(rows, row => _body.Writer.Write(Encoding.UTF8.GetBytes("\n" + table.Row(row.Item))));
        }

        await _body.EndAsync();
    }

    private void Write(Utf8JsonWriter json, ListRow row)
    {
        if (query.Fields is null)
        {
            json.WriteStringValue(row.Href);
            return;
        }

        query.Fields.Write(json, row.Item, row.Href);
    }

    private async Task InPartsAsync(IReadOnlyList<ListRow> rows, Action<ListRow> write)
    {
        for (var next = 0; next < rows.Count;)
        {
            var start = next;
            next = world.Read(() =>
            {
                var at = start;
                do
                {
                    write(rows[at++]);
                }
                while (at < rows.Count && !_body.IsLong);
                return at;
            });
            await _body.FlushIfLongAsync();
        }
    }
}
