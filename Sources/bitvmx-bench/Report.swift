import Foundation

/// What a suite found: measurements, and ratios between measurements of the same run.
struct SuiteReport: Sendable {
    struct Ratio: Sendable {
        let name: String
        let value: Double
        /// What the ratio should reach; nil where it only informs.
        let aim: String?
    }

    let suite: String
    var measurements: [Measurement] = []
    var ratios: [Ratio] = []
    /// Sizes and counts, in the order in which they are shown.
    var figures: [(name: String, value: Int, unit: String)] = []

    init(_ suite: String) {
        self.suite = suite
    }

    mutating func ratio(
        _ name: String, of slow: Measurement, to fast: Measurement, aim: String? = nil
    ) {
        ratios.append(
            Ratio(name: name, value: slow.nanosecondsEach / fast.nanosecondsEach, aim: aim))
    }

    var lines: [String] {
        var lines = ["\(suite)"]
        for measurement in measurements {
            let nanoseconds = measurement.nanosecondsEach
            let each = Self.rounded(nanoseconds < 1000 ? nanoseconds : nanoseconds / 1000)
            let unit = nanoseconds < 1000 ? "ns" : "us"
            lines.append(
                "  \(Self.padded(measurement.name, 46)) \(Self.left(each, 12)) \(unit) CPU each "
                    + "\(Self.left(String(Int(measurement.perSecond)), 10)) /s")
        }
        for figure in figures {
            lines.append(
                "  \(Self.padded(figure.name, 46)) \(Self.left(String(figure.value), 12)) "
                    + figure.unit)
        }
        for ratio in ratios {
            let aim = ratio.aim.map { "  (aim \($0))" } ?? ""
            lines.append(
                "  \(Self.padded(ratio.name, 46)) \(Self.left(Self.rounded(ratio.value), 12)) x"
                    + aim)
        }
        return lines
    }

    var json: [String: Any] {
        [
            "suite": suite,
            "measurements": measurements.map { measurement in
                [
                    "name": measurement.name, "count": measurement.count,
                    "cpu_ns_each": measurement.nanosecondsEach,
                    "cpu_ns": measurement.cpuNanoseconds,
                    "wall_ns": measurement.wallNanoseconds,
                ] as [String: Any]
            },
            "ratios": ratios.map { ratio in
                ["name": ratio.name, "value": ratio.value, "aim": ratio.aim ?? ""]
                    as [String: Any]
            },
            "figures": figures.map { figure in
                ["name": figure.name, "value": figure.value, "unit": figure.unit]
                    as [String: Any]
            },
        ]
    }

    private static func rounded(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
