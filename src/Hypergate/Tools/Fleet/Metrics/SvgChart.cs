using System.Globalization;
using System.Security;
using System.Text;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Charts as SVG: shapes and text, nothing that runs or loads.</summary>
internal static class SvgChart
{
    private const int Width = 640;
    private const int Height = 120;
    private const int Left = 56;
    private const int Top = 22;
    private const int Below = 24;

    private static readonly string[] Colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#e377c2"];

    public static string Draw(IReadOnlyList<ChartPlot> plots)
    {
        var each = Top + Height + Below;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + Width + 16}\" height=\"{plots.Count * each}\" font-family=\"sans-serif\" font-size=\"11\">");
        text.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        for (var index = 0; index < plots.Count; index++)
        {
            Draw(text, plots[index], index * each);
        }

        return text.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder text, ChartPlot plot, int offset)
    {
        text.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({Left},{offset + Top})\"><rect width=\"{Width}\" height=\"{Height}\" fill=\"none\" stroke=\"#cccccc\"/>");
        text.Append(CultureInfo.InvariantCulture, $"<text y=\"-7\" font-weight=\"bold\">{Safe(plot.Name)}</text><text x=\"-6\" y=\"10\" text-anchor=\"end\">{plot.TopText}</text><text x=\"-6\" y=\"{Height}\" text-anchor=\"end\">0</text>");
        text.Append(CultureInfo.InvariantCulture, $"<text y=\"{Height + 14}\">{plot.First:yyyy-MM-dd HH:mm}</text><text x=\"{Width}\" y=\"{Height + 14}\" text-anchor=\"end\">{plot.Last:yyyy-MM-dd HH:mm} UTC</text>");
        for (var line = 0; line < plot.Lines.Count; line++)
        {
            var colour = Colours[line % Colours.Length];
            foreach (var piece in plot.Pieces(plot.Lines[line], Width, Height))
            {
                text.Append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").Append(colour).Append("\" points=\"");
                foreach (var (x, y) in piece)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#} ");
                }

                text.Append("\"/>");
            }

            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{160 + (line * 100)}\" y=\"-7\" fill=\"{colour}\">{Safe(plot.Lines[line].Name)}</text>");
        }

        text.Append("</g>");
    }

    // Names come from tenants.
    private static string Safe(string name) => SecurityElement.Escape(CleanText.Line(name, 40)) ?? "";
}
