'use strict';
(function () {
  document.documentElement.classList.add('js');
  document.querySelectorAll('details.long').forEach(table => { table.open = false; });
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const drawn = new Map();

  const colour = name =>
    getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  const digits = value => {
    const shown = value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
    return shown.includes('.') ? shown.replace(/\.?0+$/, '') : shown;
  };
  const time = ns => ns < 1e3 ? digits(ns) + ' ns'
    : ns < 999500 ? digits(ns / 1e3) + ' µs'
    : ns < 9995e5 ? digits(ns / 1e6) + ' ms'
    : digits(ns / 1e9) + ' s';
  const rate = value => value >= 999500 ? digits(value / 1e6) + ' M'
    : value >= 1e3 ? digits(value / 1e3) + ' k'
    : Math.round(value).toLocaleString('en');
  const percentile = place => place <= 0 ? '0 %' : digitsBelow100(100 - 100 / 10 ** place) + ' %';
  /* As many digits as tell it from 100. */
  const digitsBelow100 = value => value
    .toFixed(value >= 95 ? Math.min(12, Math.ceil(-Math.log10(100 - value)) + 1) : 0)
    .replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  const formats = {time, rate, count: value => value.toLocaleString('en'), percentile};

  /* Marks at 1, 2 and 5 of each decade, or at each decade where there are many. */
  const logMarks = (low, high) => {
    const marks = [];
    const steps = Math.log10(high / low) > 3 ? [1] : [1, 2, 5];
    for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= high; decade *= 10) {
      for (const step of steps) {
        const mark = decade * step;
        if (mark >= low && mark <= high) marks.push(mark);
      }
    }
    return marks;
  };

  const padded = (scale, low, high) => {
    if (low === null || high === null || low === undefined) return [1, 10];
    if (scale === 'linear') return [0, high * 1.08];
    return low === high ? [low / 2, high * 2] : [low / 1.12, high * 1.12];
  };

  function xScale(chart) {
    const low = chart.x[0];
    const high = chart.x[chart.x.length - 1];
    if (chart.xScale === 'log') {
      return {time: false, distr: 3, log: 2, range: low === high ? [low / 2, high * 2] : [low, high]};
    }
    return {time: false, range: chart.xScale === 'linear' ? [0, high] : [low, high]};
  }

  function xMarks(chart, u, low, high) {
    if (chart.xScale === 'log') {
      const room = u.bbox.width / devicePixelRatio;
      const every = Math.ceil(chart.x.length / Math.max(2, Math.floor(room / 52)));
      return chart.x.filter((_, i) => (chart.x.length - 1 - i) % every === 0);
    }
    const marks = [Math.log10(2)];
    for (let place = 1; place <= high; place++) marks.push(place);
    return marks;
  }

  /* Names at the right end of the lines, moved apart where they would overlap. */
  function nameLines(chart) {
    return u => {
      const names = [];
      chart.series.forEach((series, i) => {
        let last = series.y.length - 1;
        while (last >= 0 && series.y[last] === null) last--;
        if (last >= 0) {
          names.push({
            text: series.label,
            colour: colour(series.transport),
            x: u.valToPos(chart.x[last], 'x', true),
            y: u.valToPos(series.y[last], 'y', true)
          });
        }
      });
      names.sort((a, b) => a.y - b.y);
      const gap = 15 * devicePixelRatio;
      for (let i = 1; i < names.length; i++) {
        names[i].y = Math.max(names[i].y, names[i - 1].y + gap);
      }
      const context = u.ctx;
      context.save();
      context.font = 600 + ' ' + 12 * devicePixelRatio + 'px system-ui, sans-serif';
      context.textBaseline = 'middle';
      context.textAlign = 'left';
      context.strokeStyle = colour('paper');
      context.lineWidth = 4 * devicePixelRatio;
      context.lineJoin = 'round';
      for (const name of names) {
        context.strokeText(name.text, name.x + 7 * devicePixelRatio, name.y);
        context.fillStyle = name.colour;
        context.fillText(name.text, name.x + 7 * devicePixelRatio, name.y);
      }
      context.restore();
    };
  }

  /* What the pointer is at, as text. */
  function tooltip(chart, holder) {
    const tip = document.createElement('div');
    tip.className = 'tip';
    return {
      ready: u => u.over.appendChild(tip),
      setCursor: u => {
        tip.textContent = '';
        const i = u.cursor.idx;
        if (i === null || i === undefined || u.cursor.left < 0) return;
        const line = (text, name) => {
          const row = document.createElement('div');
          row.textContent = text;
          if (name) row.className = name;
          tip.appendChild(row);
        };
        line(formats[chart.xFormat](chart.x[i]) + (chart.xUnit ? ' ' + chart.xUnit : ''));
        for (const series of chart.series) {
          if (series.y[i] !== null) {
            line(series.label + '  ' + formats[chart.yFormat](series.y[i]), series.transport);
          }
        }
        const right = u.cursor.left > u.over.clientWidth / 2;
        tip.style.left = right ? '' : u.cursor.left + 12 + 'px';
        tip.style.right = right ? u.over.clientWidth - u.cursor.left + 12 + 'px' : '';
        tip.style.top = '4px';
      }
    };
  }

  function options(chart, holder) {
    const ink = colour('soft');
    const grid = {stroke: colour('grid'), width: 1};
    const ticks = {stroke: colour('grid'), width: 1, size: 4};
    const font = '12px system-ui, sans-serif';
    const widest = Math.max(...chart.series.map(series => series.label.length));
    const tip = tooltip(chart, holder);
    const bands = [];
    const series = [{}];
    for (const one of chart.series) {
      series.push({
        stroke: colour(one.transport),
        width: one.faint ? 1.25 : 2.25,
        dash: one.faint ? [5, 4] : undefined,
        points: {show: chart.points, size: 6, fill: colour('paper'), width: 1.75},
        spanGaps: true
      });
    }
    for (const one of chart.series) {
      if (one.low) {
        bands.push({series: [series.length + 1, series.length], fill: colour(one.transport) + '26'});
        series.push({stroke: 'transparent', width: 0, points: {show: false}});
        series.push({stroke: 'transparent', width: 0, points: {show: false}});
      }
    }
    return {
      width: holder.clientWidth,
      height: holder.clientHeight,
      padding: [10, 14 + widest * 8, 0, 0],
      legend: {show: false},
      cursor: {drag: {x: false, y: false}, points: {size: 7}},
      scales: {
        x: xScale(chart),
        y: {
          distr: chart.yScale === 'log' ? 3 : 1,
          range: (u, low, high) => padded(chart.yScale, low, high)
        }
      },
      axes: [
        {
          stroke: ink, grid, ticks, font, size: 28, gap: 4,
          label: chart.xLabel, labelFont: font, labelSize: 18,
          splits: chart.xScale === 'linear' ? undefined
            : (u, axis, low, high) => xMarks(chart, u, low, high),
          filter: (u, marks) => marks,
          values: (u, marks) => marks.map(formats[chart.xFormat])
        },
        {
          stroke: ink, grid, ticks, font, size: 62, gap: 4,
          splits: chart.yScale === 'log' ? (u, axis, low, high) => logMarks(low, high) : undefined,
          filter: (u, marks) => marks,
          values: (u, marks) => marks.map(formats[chart.yFormat])
        }
      ],
      series,
      bands,
      hooks: {draw: [nameLines(chart)], ready: [tip.ready], setCursor: [tip.setCursor]}
    };
  }

  function data(chart) {
    const rows = [chart.x, ...chart.series.map(series => series.y)];
    for (const one of chart.series) {
      if (one.low) rows.push(one.low, one.high);
    }
    return rows;
  }

  function draw(chart) {
    const holder = document.querySelector('[data-chart="' + chart.id + '"] .plot');
    const before = drawn.get(chart.id);
    if (before) before.destroy();
    drawn.set(chart.id, new uPlot(options(chart, holder), data(chart), holder));
  }

  const drawAll = () => charts.forEach(draw);
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== width) {
      width = innerWidth;
      drawAll();
    }
  });
})();
