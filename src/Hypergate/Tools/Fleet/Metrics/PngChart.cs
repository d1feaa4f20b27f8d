namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Charts as PNG, for clients that show no SVG.</summary>
internal static class PngChart
{
    private const int Width = 600;
    private const int Height = 110;
    private const int Left = 52;
    private const int Top = 16;
    private const int Below = 16;
    private const int Right = 12;

    private static readonly uint[] Colours = [0x1f77b4, 0xd62728, 0x2ca02c, 0x9467bd, 0xff7f0e, 0x17becf, 0x8c564b, 0xe377c2];

    public static byte[] Draw(IReadOnlyList<ChartPlot> plots)
    {
        const int Each = Top + Height + Below;
        var canvas = new PngCanvas(Left + Width + Right, plots.Count * Each);
        for (var index = 0; index < plots.Count; index++)
        {
            Draw(canvas, plots[index], (index * Each) + Top);
        }

        return canvas.ToPng();
    }

    private static void Draw(PngCanvas canvas, ChartPlot plot, int top)
    {
        canvas.Frame(Left, top, Width, Height, 0xcccccc);
        canvas.Text(plot.Name, Left, top - 10, 0x000000);
        canvas.Text(plot.TopText, 4, top, 0x444444);
        canvas.Text("0", 4, top + Height - 6, 0x444444);
        canvas.Text(plot.First.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), Left, top + Height + 4, 0x444444);
        canvas.Text(plot.Last.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), Left + Width - 100, top + Height + 4, 0x444444);
        for (var line = 0; line < plot.Lines.Count; line++)
        {
            var colour = Colours[line % Colours.Length];
            canvas.Text(plot.Lines[line].Name, Left + 150 + (line * 90), top - 10, colour);
            foreach (var piece in plot.Pieces(plot.Lines[line], Width - 1, Height - 1))
            {
                for (var index = 0; index < piece.Count; index++)
                {
                    var from = piece[Math.Max(0, index - 1)];
                    canvas.Line(Left + from.X, top + from.Y, Left + piece[index].X, top + piece[index].Y, colour);
                }
            }
        }
    }
}
